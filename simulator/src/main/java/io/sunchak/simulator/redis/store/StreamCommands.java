package io.sunchak.simulator.redis.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Commands on streams, each in the order of Redis' own checks. */
final class StreamCommands {
  /** Redis takes a number in its one form only. */
  private static final Pattern PLAIN = Pattern.compile("0|-?[1-9][0-9]*");

  private final Keyspace keyspace;

  StreamCommands(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  void addTo(Commands commands) {
    commands.add("XLEN", 1, 1, args -> length(args.getFirst()));
    commands.add("XADD", 4, Commands.MANY, this::add);
    commands.add("XTRIM", 3, Commands.MANY, this::trim);
    commands.add("XRANGE", 3, Commands.MANY, args -> range(args, false));
    commands.add("XREVRANGE", 3, Commands.MANY, args -> range(args, true));
  }

  private @Nullable StreamValue stream(String key) {
    return keyspace.get(key, StreamValue.class);
  }

  private long length(String key) {
    StreamValue stream = stream(key);
    return stream == null ? 0 : stream.length();
  }

  /** With an id of the caller's. */
  private String add(List<String> args) {
    String text = args.get(1);
    if (text.endsWith("*")) {
      throw new UnsupportedOperationException("XADD with the id " + text);
    }
    if (args.size() % 2 == 1) {
      throw RedisErrorException.arity("xadd");
    }
    StreamId id = StreamId.parse(text, 0);
    if (id.equals(StreamId.LEAST)) {
      throw new RedisErrorException("ERR The ID specified in XADD must be greater than 0-0");
    }
    StreamValue stream = stream(args.getFirst());
    if (stream == null) {
      stream = new StreamValue();
      keyspace.put(args.getFirst(), stream);
    }
    if (!stream.add(id, List.copyOf(args.subList(2, args.size())), keyspace.journal())) {
      throw new RedisErrorException(
          "ERR The ID specified in XADD is equal or smaller than the target stream top item");
    }
    return id.toString();
  }

  /** By the least id that stays, exactly. A stream that is empty stays a key. */
  private long trim(List<String> args) {
    if (args.size() != 3 || !args.get(1).equalsIgnoreCase("MINID")) {
      throw new UnsupportedOperationException("XTRIM " + args);
    }
    StreamId least = StreamId.parse(args.get(2), 0);
    StreamValue stream = stream(args.getFirst());
    return stream == null ? 0 : stream.trim(least, keyspace.journal());
  }

  private @Nullable List<@Nullable Object> range(List<String> args, boolean descending) {
    StreamId from = bound(args.get(descending ? 2 : 1), 0, StreamId::next, "start");
    StreamId to = bound(args.get(descending ? 1 : 2), -1, StreamId::previous, "end");
    long count = count(args);
    StreamValue stream = stream(args.getFirst());
    if (stream == null) {
      return List.of();
    }
    return count == 0 ? null : stream.range(from, to, descending, count);
  }

  /** An id, or what is next to it, or the least or the greatest one. */
  private static StreamId bound(
      String text, long missing, Function<StreamId, Optional<StreamId>> beside, String name) {
    if (text.equals("-")) {
      return StreamId.LEAST;
    }
    if (text.equals("+")) {
      return StreamId.GREATEST;
    }
    if (text.length() < 2 || text.charAt(0) != '(') {
      return StreamId.parse(text, missing);
    }
    return beside
        .apply(StreamId.parse(text.substring(1), missing))
        .orElseThrow(() -> new RedisErrorException("ERR invalid " + name + " ID for the interval"));
  }

  private static long count(List<String> args) {
    if (args.size() == 3) {
      return Long.MAX_VALUE;
    }
    if (args.size() != 5 || !args.get(3).equalsIgnoreCase("COUNT")) {
      throw RedisErrorException.syntax();
    }
    String count = args.get(4);
    try {
      if (PLAIN.matcher(count).matches()) {
        return Math.max(0, Long.parseLong(count));
      }
    } catch (NumberFormatException tooLarge) {
      // Said below.
    }
    throw new RedisErrorException("ERR value is not an integer or out of range");
  }
}
