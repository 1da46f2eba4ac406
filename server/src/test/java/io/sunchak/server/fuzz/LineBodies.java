package io.sunchak.server.fuzz;

import io.sunchak.server.testing.OpenApi;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of JSON lines, of each of which the OpenAPI file has the schema. */
final class LineBodies implements RequestBodies {
  private static final int MOST_LINES = 10_000;
  private static final int MOST_BYTES = 2_000_000;
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final OpenApi file = OpenApi.get();
  private final String pointer;
  private final World world;
  private final Dice dice;

  /** Bodies whose lines' schema is at this pointer into the file. */
  LineBodies(String pointer, World world, Dice dice) {
    this.pointer = pointer;
    this.world = world;
    this.dice = dice;
  }

  @Override
  public String valid() {
    return written(lines());
  }

  private List<String> lines() {
    return new ArrayList<>(Stream.generate(this::user).limit(1 + dice.below(5)).toList());
  }

  private String user() {
    return '"' + world.user(dice) + '"';
  }

  private String written(List<String> lines) {
    return String.join(dice.any(List.of("\n", "\n", "\r\n", " \n\t")), lines)
        + dice.any(List.of("", "\n"));
  }

  @Override
  public String changed() {
    List<String> lines = lines();
    int at = dice.below(lines.size());
    switch (dice.below(6)) {
      case 0 -> lines.set(at, dice.any(Oddities.JSON));
      case 1 -> lines.set(at, '"' + dice.any(Oddities.TEXTS) + '"');
      case 2 -> lines.add(at, "");
      case 3 -> lines.set(at, user() + user());
      case 4 -> lines.clear();
      default -> lines.add(user());
    }
    String body = written(lines);
    return switch (dice.below(24)) {
      case 0 -> body.substring(body.length() / 2);
      case 1 -> body + "\0";
      case 2 -> "\u00EF\u00BB\u00BF" + body;
      case 3 -> (user() + "\n").repeat(MOST_LINES + dice.below(2));
      case 4 -> body + " ".repeat(MOST_BYTES - body.length() + dice.below(2));
      default -> body;
    };
  }

  @Override
  public boolean isForbidden(String body) {
    if (body.isEmpty() || body.length() > MOST_BYTES) {
      return true;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.ISO_8859_1));
      List<String> lines =
          List.of(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(bytes)
                  .toString()
                  .replaceFirst("\n$", "")
                  .split("\n", -1));
      return lines.size() > MOST_LINES || lines.stream().anyMatch(this::isBad);
    } catch (CharacterCodingException unreadable) {
      return true;
    }
  }

  private boolean isBad(String line) {
    try {
      JsonNode read = STRICT.readTree(line);
      return !read.isString() || file.isForbidden(pointer, read);
    } catch (JacksonException unreadable) {
      return true;
    }
  }
}
