package io.sunchak.simulator.redis;

import io.sunchak.simulator.redis.store.RedisErrorException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** The scripts that this process was sent, by their digests. Not thread-safe. */
final class ScriptCache {
  private final Map<String, String> texts = new HashMap<>();

  void remember(String text) {
    texts.put(digest(text), text);
  }

  /**
   * The script's text.
   *
   * @throws RedisErrorException when it was not sent
   */
  String text(String digest) {
    String text = texts.get(digest.toLowerCase(Locale.ROOT));
    if (text == null) {
      throw new RedisErrorException("NOSCRIPT No matching script. Please use EVAL.");
    }
    return text;
  }

  void forget() {
    texts.clear();
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is part of every JDK", e);
    }
  }
}
