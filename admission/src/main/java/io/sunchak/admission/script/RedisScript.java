package io.sunchak.admission.script;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A script of {@code resources/lua}, called by its digest and sent whole when Redis has forgotten
 * it. Thread-safe.
 */
public final class RedisScript {
  public static final RedisScript RESERVE = new RedisScript("reserve");
  public static final RedisScript DRAIN_READ = new RedisScript("drain_read");
  public static final RedisScript CONFIGURE = new RedisScript("configure");
  public static final RedisScript FENCE = new RedisScript("fence");
  public static final RedisScript CLEAR = new RedisScript("clear");
  public static final RedisScript LOAD = new RedisScript("load");
  public static final RedisScript OPEN = new RedisScript("open");
  public static final RedisScript ARCHIVE = new RedisScript("archive");

  private final String name;
  private final String text;
  private final String digest;

  private RedisScript(String name) {
    this.name = name + ".lua";
    this.text = read("/lua/" + name + ".lua");
    this.digest = sha1(text);
  }

  /**
   * Runs it. A script that Redis did not know did not run, so sending it again is still at most
   * once.
   */
  public <T> CompletionStage<T> call(
      RedisAsyncCommands<String, String> redis,
      ScriptOutputType type,
      String[] keys,
      String... args) {
    return call(redis, UnaryOperator.identity(), type, keys, args);
  }

  /**
   * The same.
   *
   * @param behind sends what belongs right behind the call, each time that it is sent, and adds its
   *     answer to the call's
   */
  public <T> CompletionStage<T> call(
      RedisAsyncCommands<String, String> redis,
      UnaryOperator<CompletionStage<T>> behind,
      ScriptOutputType type,
      String[] keys,
      String... args) {
    RedisFuture<T> sent = redis.evalsha(digest, type, keys, args);
    CompletionStage<T> answer = behind.apply(sent);
    return sent.<CompletionStage<T>>handle((value, error) ->
            error instanceof RedisNoScriptException
                ? behind.apply(redis.eval(text, type, keys, args))
                : answer)
        .thenCompose(Function.identity());
  }

  /** The name of its file. */
  @Override
  public String toString() {
    return name;
  }

  private static String read(String resource) {
    try (InputStream in = RedisScript.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is part of every JDK", e);
    }
  }
}
