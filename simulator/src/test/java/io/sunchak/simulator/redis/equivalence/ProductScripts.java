package io.sunchak.simulator.redis.equivalence;

import io.sunchak.admission.script.RedisScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The texts of the product's scripts, by their names. */
public final class ProductScripts {
  private static final List<String> NAMES =
      List.of("reserve", "drain_read", "configure", "fence", "clear", "load", "open");

  private ProductScripts() {}

  /** Reads them. */
  public static Map<String, String> all() {
    return NAMES.stream().collect(Collectors.toMap(Function.identity(), ProductScripts::text));
  }

  private static String text(String name) {
    try (InputStream in = RedisScript.class.getResourceAsStream("/lua/" + name + ".lua")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
