package io.sunchak.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.data.redis.core.script.RedisScript;

/** Lua from {@code resources/lua}. */
public final class LuaScript {
  private LuaScript() {}

  /** Read now: Spring would read it at its first use, in a thread that must not wait for a disk. */
  public static <T> RedisScript<T> read(String name, Class<T> reply) {
    try (InputStream file =
        Objects.requireNonNull(LuaScript.class.getResourceAsStream("/lua/" + name), name)) {
      return RedisScript.of(new String(file.readAllBytes(), StandardCharsets.UTF_8), reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
