package io.sunchak.simulator.redis.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands on one keyspace. Replies are {@code Long}, {@code String}, {@link Status}, {@code
 * List} of these, or null. Not thread-safe.
 */
public final class Commands {
  /** A command's arguments are as many as it needs. */
  interface Handler {
    @Nullable Object run(List<String> args);
  }

  private record Command(int least, int most, Handler handler) {}

  /** No bound on how many arguments there are. */
  static final int MANY = Integer.MAX_VALUE;

  private final Map<String, Command> commands = new HashMap<>();
  private final InstantSource clock;

  /** On that keyspace, at the time of that clock. */
  public Commands(Keyspace keyspace, InstantSource clock) {
    this.clock = clock;
    new KeyCommands(keyspace).addTo(this);
    new HashCommands(keyspace).addTo(this);
    new StreamCommands(keyspace).addTo(this);
    add("TIME", 0, 0, args -> time());
  }

  void add(String name, int least, int most, Handler handler) {
    commands.put(name, new Command(least, most, handler));
  }

  /**
   * Runs one.
   *
   * @throws RedisErrorException with Redis' error
   * @throws UnsupportedOperationException for what Redis has and this has not
   */
  public @Nullable Object call(String name, List<String> args) {
    Command command = commands.get(name);
    if (command == null) {
      command = commands.get(name.toUpperCase(Locale.ROOT));
    }
    if (command == null) {
      throw new RedisErrorException("ERR unknown command '" + name + "'");
    }
    if (args.size() < command.least() || args.size() > command.most()) {
      throw RedisErrorException.arity(name.toLowerCase(Locale.ROOT));
    }
    return command.handler().run(args);
  }

  /** Seconds and microseconds. */
  private List<String> time() {
    Instant now = clock.instant();
    return List.of(Long.toString(now.getEpochSecond()), Integer.toString(now.getNano() / 1_000));
  }
}
