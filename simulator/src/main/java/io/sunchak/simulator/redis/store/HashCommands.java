package io.sunchak.simulator.redis.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands on hashes. */
final class HashCommands {
  private final Keyspace keyspace;

  HashCommands(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  void addTo(Commands commands) {
    commands.add("HGET", 2, 2, args -> get(args.getFirst(), args.getLast()));
    commands.add("HMGET", 2, Commands.MANY, this::getMany);
    commands.add("HGETALL", 1, 1, args -> all(args.getFirst()));
    commands.add("HSCAN", 2, Commands.MANY, this::scan);
    commands.add("HLEN", 1, 1, args -> length(args.getFirst()));
    commands.add("HSET", 3, Commands.MANY, this::set);
    commands.add("HSETNX", 3, 3, this::setAbsent);
    commands.add("HDEL", 2, Commands.MANY, this::delete);
  }

  private @Nullable HashValue hash(String key) {
    return keyspace.get(key, HashValue.class);
  }

  private @Nullable String get(String key, String field) {
    HashValue hash = hash(key);
    return hash == null ? null : hash.fields().get(field);
  }

  private List<@Nullable Object> getMany(List<String> args) {
    HashValue hash = hash(args.getFirst());
    List<@Nullable Object> values = new ArrayList<>(args.size() - 1);
    for (int i = 1; i < args.size(); i++) {
      values.add(hash == null ? null : hash.fields().get(args.get(i)));
    }
    return values;
  }

  private List<@Nullable Object> all(String key) {
    List<@Nullable Object> all = new ArrayList<>();
    HashValue hash = hash(key);
    if (hash != null) {
      hash.fields()
          .forEach((field, value) -> {
            all.add(field);
            all.add(value);
          });
    }
    return all;
  }

  /** Gives the whole hash at once, as Redis may: no field can be missed between two pages. */
  private List<@Nullable Object> scan(List<String> args) {
    boolean hasCount = args.size() == 4 && args.get(2).equalsIgnoreCase("COUNT");
    if (args.size() > 2 && !hasCount) {
      throw new UnsupportedOperationException("HSCAN " + args);
    }
    return List.of("0", all(args.getFirst()));
  }

  private long length(String key) {
    HashValue hash = hash(key);
    return hash == null ? 0 : hash.fields().size();
  }

  private HashValue created(String key) {
    HashValue hash = hash(key);
    if (hash == null) {
      hash = new HashValue();
      keyspace.put(key, hash);
    }
    return hash;
  }

  private long set(List<String> args) {
    if (args.size() % 2 == 0) {
      throw RedisErrorException.arity("hset");
    }
    HashValue hash = created(args.getFirst());
    long added = 0;
    for (int i = 1; i < args.size(); i += 2) {
      if (hash.set(args.get(i), args.get(i + 1), keyspace.journal()) == null) {
        added++;
      }
    }
    return added;
  }

  private long setAbsent(List<String> args) {
    HashValue hash = created(args.getFirst());
    if (hash.fields().containsKey(args.get(1))) {
      return 0;
    }
    hash.set(args.get(1), args.get(2), keyspace.journal());
    return 1;
  }

  /** A hash that loses its last field is no key any more. */
  private long delete(List<String> args) {
    HashValue hash = hash(args.getFirst());
    if (hash == null) {
      return 0;
    }
    long removed =
        args.stream().skip(1).filter(field -> hash.remove(field, keyspace.journal())).count();
    if (hash.fields().isEmpty()) {
      keyspace.remove(args.getFirst());
    }
    return removed;
  }
}
