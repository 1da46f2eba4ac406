package io.sunchak.simulator.redis;

import io.sunchak.simulator.redis.lua.LuaScripts;
import io.sunchak.simulator.redis.store.Commands;
import io.sunchak.simulator.redis.store.Keyspace;
import io.sunchak.simulator.redis.store.RedisErrorException;
import io.sunchak.simulator.redis.store.Snapshot;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Redis in memory, which runs scripts for real. What it has is what Sunchak uses:
 *
 * <ul>
 *   <li>keys: {@code TYPE DEL UNLINK FLUSHALL}, strings: {@code GET SET};
 *   <li>hashes: {@code HGET HMGET HGETALL HSCAN HLEN HSET HSETNX HDEL};
 *   <li>streams: {@code XLEN XADD XTRIM XRANGE XREVRANGE}, with ids of the caller's;
 *   <li>scripts: {@code EVAL EVALSHA}, and {@link #evaluate};
 *   <li>the server: {@code PING TIME CONFIG INFO}, the latter two as far as the guard asks.
 * </ul>
 *
 * <p>Arguments and replies are texts in UTF-8. A reply is a {@code Long}, a {@code String}, a
 * {@code List} of replies, or null; an error is a {@link RedisErrorException}, and what Redis has
 * and this has not is an {@link UnsupportedOperationException}. The same calls at the same times
 * give the same replies, in every run. Not thread-safe: one thread at a time, and scripts are
 * compiled once a thread.
 */
public final class MemoryRedis {
  private final Keyspace keyspace = new Keyspace();
  private final ScriptCache scripts = new ScriptCache();
  private final Commands commands;
  private final UnaryOperator<String> instead;
  private int process = 1;

  /** Empty, at the time of that clock, of which a microsecond is the least part it tells. */
  public MemoryRedis(InstantSource clock) {
    this(clock, UnaryOperator.identity());
  }

  /**
   * As the other one.
   *
   * @param instead what it runs in the place of a script that it was sent
   */
  public MemoryRedis(InstantSource clock, UnaryOperator<String> instead) {
    this.instead = instead;
    commands = new Commands(keyspace, clock, () -> "memory-" + process);
  }

  /**
   * Runs a command.
   *
   * @throws RedisErrorException with Redis' error
   */
  public @Nullable Object call(String command, List<String> args) {
    return switch (command.toUpperCase(Locale.ROOT)) {
      case "EVAL" -> {
        String script = args.getFirst();
        scripts.remember(script);
        yield evaluate(script, args);
      }
      case "EVALSHA" -> evaluate(scripts.text(args.getFirst()), args);
      default -> command(command, args);
    };
  }

  private @Nullable Object command(String command, List<String> args) {
    try {
      return Bytes.text(commands.call(command, Bytes.of(args)));
    } finally {
      keyspace.endWrite();
    }
  }

  /** The script, or its digest, is followed by how many keys there are, the keys and the rest. */
  private @Nullable Object evaluate(String script, List<String> words) {
    int rest = 2 + Integer.parseInt(words.get(1));
    return evaluate(
        instead.apply(script), words.subList(2, rest), words.subList(rest, words.size()));
  }

  /**
   * Runs a script, at once: nothing comes between its commands.
   *
   * @throws RedisErrorException with Redis' error; as there, what the script wrote before stays
   */
  public @Nullable Object evaluate(String script, List<String> keys, List<String> args) {
    try {
      return Bytes.text(
          LuaScripts.ofThread()
              .run(Bytes.of(script), Bytes.of(keys), Bytes.of(args), commands::call));
    } finally {
      keyspace.endWrite();
    }
  }

  /**
   * Another process takes its place, which knows no script and has another {@code run_id}. It holds
   * the same, unless it is {@linkplain #rollBackTo rolled back} or {@linkplain #restore restored}.
   */
  public void restart() {
    scripts.forget();
    process++;
  }

  /** All it holds, as a copy of its disk. */
  public Snapshot snapshot() {
    return keyspace.snapshot();
  }

  /** It comes back on that copy; nothing of before can be rolled back any more. */
  public void restore(Snapshot snapshot) {
    keyspace.restore(snapshot);
  }

  /**
   * How many writes made what it holds: a write is a command, or a whole script, that changed
   * something.
   */
  public long writes() {
    return keyspace.writes();
  }

  /**
   * It comes back without the writes that followed the first {@code kept} ones, as after a crash
   * that lost the end of its log. It knows the last 100,000 writes since it began or was restored.
   *
   * @throws IllegalArgumentException when there were fewer writes, or when it does not know them
   */
  public void rollBackTo(long kept) {
    keyspace.undoTo(kept);
  }
}
