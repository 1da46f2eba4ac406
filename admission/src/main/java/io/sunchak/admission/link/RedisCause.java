package io.sunchak.admission.link;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why Redis cannot be used, where waiting will not help: the cause and the next step, in a sentence
 * that names no password.
 */
final class RedisCause {
  /** It is none that stands alone. */
  static final class OtherMode extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherMode(String mode) {
      super(
          "Redis answers as a %s, which is not supported: give the address of one primary that stands alone"
              .formatted(mode.equals("cluster") ? "node of a cluster" : mode));
    }
  }

  private static final String RIGHTS = "give its user the rights in docs/operations.md";

  private RedisCause() {}

  /** Empty where it may pass by itself. */
  static Optional<String> lasting(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof OtherMode other) {
        return Optional.ofNullable(other.getMessage());
      }
      if (String.valueOf(t.getMessage()).startsWith("Cannot provide redisAddress using sentinel")) {
        return Optional.of(
            "Sentinel knows no primary of this name: write the name that it monitors behind the #"
                + " in sunchak.redis.url");
      }
      if (t instanceof RedisCommandExecutionException refused) {
        return Optional.ofNullable(sentence(String.valueOf(refused.getMessage())));
      }
    }
    return Optional.empty();
  }

  private static @Nullable String sentence(String said) {
    String word = said.split(" ", 2)[0];
    if (word.equals("WRONGPASS")
        || word.equals("NOAUTH")
        || said.contains("invalid password")
        || said.contains("without any password configured")) {
      return "Redis refuses the user or the password: set both in sunchak.redis.url, as"
          + " redis://user:password@host:port";
    }
    // Within a script Redis says it in the other two ways, by its version (script.c).
    if (word.equals("NOPERM")
        || said.contains("can't run this command")
        || said.contains("ACL failure in script")) {
      return "Redis refuses a command (" + said + "): " + RIGHTS;
    }
    if (said.contains("unknown command") || said.contains("Unknown subcommand")) {
      return "Redis does not know a command ("
          + said
          + "): it hides its settings, as some managed"
          + " ones do, or it is no Redis of 6.2 or newer; use one whose CONFIG GET may be asked";
    }
    return null;
  }
}
