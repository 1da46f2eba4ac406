package io.sunchak.admission.link;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why Redis cannot be used, where waiting will not help: the cause and the next step, in a sentence
 * that names no password.
 */
final class RedisCause {
  /** One that is known by more than Redis' words; its message is the sentence. */
  static final class Lasting extends RedisException {
    private static final long serialVersionUID = 1L;

    Lasting(String sentence) {
      super(sentence);
    }

    /** It is none that stands alone. */
    static Lasting otherMode(String mode) {
      return new Lasting(
          "Redis answers as a %s, which is not supported: give the address of one primary that stands alone"
              .formatted(mode.equals("cluster") ? "node of a cluster" : mode));
    }

    /** It does not show a setting that must be read. */
    static Lasting hiddenSettings(String said) {
      return new Lasting(
          "Redis hides the settings on which a promise rests (CONFIG GET: %s): give its user +config|get, or, if the service promises it, set sunchak.redis.durability to fsync-always or replicated-log; docs/operations.md says what each one means"
              .formatted(said));
    }
  }

  private static final String RIGHTS = "give its user the rights in docs/operations.md";

  private RedisCause() {}

  /** Empty where it may pass by itself. */
  static Optional<String> lasting(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof Lasting) {
        return Optional.ofNullable(t.getMessage());
      }
      if (t instanceof SSLException || t instanceof CertificateException) {
        return ofEncryption(t);
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

  /** Java says of a foreign host name and of an unknown CA by words alone. */
  private static Optional<String> ofEncryption(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      String said = String.valueOf(t.getMessage());
      if (said.contains("subject alternative") || said.contains("No name matching")) {
        return Optional.of(
            "Redis shows a certificate of another host ("
                + said
                + "): write the name that it is for in sunchak.redis.url");
      }
      if (t instanceof GeneralSecurityException) {
        return Optional.of(
            "Redis shows a certificate that is not trusted here: name the file of the CA that signed it, as rediss://host:port?ca=FILE");
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
    if (isDenied(said)) {
      return "Redis refuses a command (" + said + "): " + RIGHTS;
    }
    if (isUnknown(said)) {
      return "Redis does not know a command ("
          + said
          + "): it must be Redis or Valkey, 6.2 or newer";
    }
    return null;
  }

  /** Redis' words if it denies or does not know the command; null for every other error. */
  static @Nullable String refusedCommand(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof RedisCommandExecutionException refused) {
        String said = String.valueOf(refused.getMessage());
        return isDenied(said) || isUnknown(said) ? said : null;
      }
    }
    return null;
  }

  /** Within a script Redis says it in the other two ways, by its version (script.c). */
  private static boolean isDenied(String said) {
    return said.startsWith("NOPERM")
        || said.contains("can't run this command")
        || said.contains("ACL failure in script");
  }

  private static boolean isUnknown(String said) {
    return said.contains("unknown command") || said.contains("Unknown subcommand");
  }
}
