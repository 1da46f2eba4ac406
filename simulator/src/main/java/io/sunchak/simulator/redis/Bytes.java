package io.sunchak.simulator.redis;

import io.sunchak.simulator.redis.store.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts as the bytes that Redis holds, one character each, and back: UTF-8, as Lettuce does it. */
final class Bytes {
  private Bytes() {}

  static String of(String text) {
    return isAscii(text)
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  static List<String> of(List<String> texts) {
    return texts.stream().map(Bytes::of).toList();
  }

  private static String text(String bytes) {
    return isAscii(bytes)
        ? bytes
        : new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** A status is a text as any other. */
  static @Nullable Object text(@Nullable Object reply) {
    return switch (reply) {
      case String bytes -> text(bytes);
      case Status status -> text(status.text());
      case List<?> all -> {
        List<@Nullable Object> texts = new ArrayList<>(all.size());
        all.forEach(one -> texts.add(text(one)));
        yield texts;
      }
      case null, default -> reply;
    };
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }
}
