package io.sunchak.simulator.redis.store;

import org.jspecify.annotations.Nullable;

/** Commands on keys of any type, and on strings. */
final class KeyCommands {
  private final Keyspace keyspace;

  KeyCommands(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  void addTo(Commands commands) {
    commands.add("GET", 1, 1, args -> get(args.getFirst()));
    commands.add("SET", 2, 2, args -> set(args.getFirst(), args.getLast()));
    commands.add("TYPE", 1, 1, args -> type(args.getFirst()));
    commands.add("DEL", 1, Commands.MANY, args -> args.stream().filter(keyspace::remove).count());
    commands.add(
        "UNLINK", 1, Commands.MANY, args -> args.stream().filter(keyspace::remove).count());
    commands.add("FLUSHALL", 0, 0, args -> clear());
  }

  private @Nullable String get(String key) {
    TextValue text = keyspace.get(key, TextValue.class);
    return text == null ? null : text.bytes();
  }

  private Status set(String key, String bytes) {
    keyspace.put(key, new TextValue(bytes));
    return Status.OK;
  }

  private Status type(String key) {
    Value value = keyspace.get(key);
    return new Status(value == null ? "none" : value.type());
  }

  private Status clear() {
    keyspace.clear();
    return Status.OK;
  }
}
