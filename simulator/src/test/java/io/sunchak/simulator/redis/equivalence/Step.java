package io.sunchak.simulator.redis.equivalence;

import io.sunchak.simulator.redis.store.RedisErrorException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One call of a command or a script, and when it happens.
 *
 * @param name a command, or a script's file without its ending
 * @param keys a script's; none for a command
 * @param micros since the epoch
 */
record Step(String name, List<String> keys, List<String> args, long micros) {
  /** An error reply, by its first word. */
  record Refused(String code) {
    static Refused of(String message) {
      return new Refused(message.split(" ", 2)[0]);
    }
  }

  /** What the memory Redis answers. */
  @FunctionalInterface
  interface Call {
    @Nullable Object reply();
  }

  boolean isScript() {
    return Character.isLowerCase(name.charAt(0));
  }

  /** The reply or the error, to be compared. */
  @Nullable Object answer(Call call) {
    try {
      return comparable(call.reply());
    } catch (RedisErrorException refused) {
      return Refused.of(String.valueOf(refused.getMessage()));
    }
  }

  /** Redis does not say in which order a hash lists its fields. */
  @Nullable Object comparable(@Nullable Object reply) {
    return switch (name) {
      case "HGETALL" -> reply instanceof List<?> all ? fields(all) : reply;
      case "HSCAN" ->
          reply instanceof List<?> page && page.getLast() instanceof List<?> all
              ? List.of(String.valueOf(page.getFirst()), fields(all))
              : reply;
      default -> reply;
    };
  }

  private static TreeMap<String, String> fields(List<?> all) {
    TreeMap<String, String> fields = new TreeMap<>();
    for (int i = 0; i < all.size(); i += 2) {
      fields.put(String.valueOf(all.get(i)), String.valueOf(all.get(i + 1)));
    }
    return fields;
  }
}
