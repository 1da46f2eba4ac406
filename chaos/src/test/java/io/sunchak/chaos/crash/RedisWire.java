package io.sunchak.chaos.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** RESP: a client's commands are arrays of words, or lines, and Redis answers them in order. */
final class RedisWire implements Wire {
  private static final String DONE = "crash-point-done";
  private static final byte[] PING =
      "*2\r\n$4\r\nPING\r\n$%d\r\n%s\r\n".formatted(DONE.length(), DONE).getBytes(ISO_8859_1);

  private final Map<String, String> scripts;
  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
  private byte[] rest = {};

  /** {@code scripts} are names by digest. */
  RedisWire(Map<String, String> scripts) {
    this.scripts = scripts;
  }

  /** The product's scripts by digest. */
  static Map<String, String> scripts(Path folder) throws IOException {
    Map<String, String> scripts = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName()).replace(".lua", "");
        scripts.put(sha1(Files.readAllBytes(file)), name);
      }
    }
    return Map.copyOf(scripts);
  }

  @Override
  public boolean isActedByTarget() {
    return false;
  }

  @Override
  public List<Message> cut(byte[] piece, int length) {
    String all = new String(rest, ISO_8859_1) + new String(piece, 0, length, ISO_8859_1);
    List<Message> whole = new ArrayList<>();
    int from = 0;
    for (int to = end(all, from, whole); to > from; to = end(all, from, whole)) {
      from = to;
    }
    rest = all.substring(from).getBytes(ISO_8859_1);
    return whole;
  }

  /** Adds the command at {@code from} and gives its end; {@code from} where it is not whole. */
  private int end(String all, int from, List<Message> whole) {
    int line = all.indexOf("\r\n", from);
    if (line < 0) {
      return from;
    }
    if (all.charAt(from) != '*') {
      byte[] said = all.substring(from, line + 2).getBytes(ISO_8859_1);
      whole.add(new Message(said, all.substring(from, line)));
      return line + 2;
    }
    int count = Integer.parseInt(all.substring(from + 1, line));
    List<String> words = new ArrayList<>();
    int at = line + 2;
    for (int i = 0; i < count; i++) {
      line = all.indexOf("\r\n", at);
      int size = line < 0 ? 0 : Integer.parseInt(all.substring(at + 1, line));
      at = line + 2 + size + 2;
      if (line < 0 || at > all.length()) {
        return from;
      }
      words.add(all.substring(at - 2 - size, at - 2));
    }
    whole.add(new Message(all.substring(from, at).getBytes(ISO_8859_1), text(words)));
    return at;
  }

  private String text(List<String> words) {
    List<String> said = new ArrayList<>(words.stream().map(w -> w.isEmpty() ? "-" : w).toList());
    if (words.getFirst().equals("EVALSHA") || words.getFirst().equals("EVAL")) {
      String digest =
          words.getFirst().equals("EVAL") ? sha1(words.get(1).getBytes(ISO_8859_1)) : words.get(1);
      said.removeFirst();
      said.set(0, scripts.getOrDefault(digest, "unknown"));
    }
    return String.join(" ", said);
  }

  @Override
  public byte[] marker() {
    return PING;
  }

  @Override
  public byte @Nullable [] untilDone(byte[] piece, int length) {
    answers.write(piece, 0, length);
    return answers.toString(ISO_8859_1).contains(DONE) ? null : new byte[0];
  }

  private static String sha1(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is part of every JDK", e);
    }
  }
}
