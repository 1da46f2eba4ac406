package io.sunchak.simulator.redis.store;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The commands on one keyspace, in any case. Replies are {@code Long}, {@code String}, {@link
 * Status}, {@code List} of these, or null. Not thread-safe.
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

  /** On that keyspace, at the time of that clock, in the process of that id. */
  public Commands(Keyspace keyspace, InstantSource clock, Supplier<String> runId) {
    new KeyCommands(keyspace).addTo(this);
    new HashCommands(keyspace).addTo(this);
    new StreamCommands(keyspace).addTo(this);
    new ServerCommands(clock, runId).addTo(this);
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
}
