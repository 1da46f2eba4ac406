package io.sunchak.lab.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.data.redis.core.script.DigestUtils;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Lua from {@code resources/lua}, read and digested once. Spring's own class reads it at its first
 * use and takes a lock at every use to see whether it changed, in threads that must not wait.
 */
public final class LuaScript<T> implements RedisScript<T> {
  private final String text;
  private final String sha1;
  private final Class<T> reply;

  private LuaScript(String text, Class<T> reply) {
    this.text = text;
    this.sha1 = DigestUtils.sha1DigestAsHex(text);
    this.reply = reply;
  }

  /** Reads it. */
  public static <T> RedisScript<T> read(String name, Class<T> reply) {
    try (InputStream file =
        Objects.requireNonNull(LuaScript.class.getResourceAsStream("/lua/" + name), name)) {
      return new LuaScript<>(new String(file.readAllBytes(), StandardCharsets.UTF_8), reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String getSha1() {
    return sha1;
  }

  @Override
  public Class<T> getResultType() {
    return reply;
  }

  @Override
  public String getScriptAsString() {
    return text;
  }
}
