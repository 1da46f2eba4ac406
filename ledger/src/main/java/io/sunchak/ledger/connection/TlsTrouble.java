package io.sunchak.ledger.connection;

import java.io.FileNotFoundException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What to do where TLS to PostgreSQL fails for good. The driver reports all of it as a broken
 * connection, which waiting would mend.
 */
final class TlsTrouble {
  private TlsTrouble() {}

  /** The cause and the next step; empty for every other error. */
  static Optional<String> sentence(Throwable error) {
    String said = String.valueOf(error.getMessage());
    if (said.contains("does not support SSL")) {
      return Optional.of(
          "it does not speak TLS: switch ssl on in its postgresql.conf, or take sslmode out of the URL");
    }
    if (said.contains("no encryption")) {
      return Optional.of(
          "it takes encrypted connections only: add sslmode=verify-full and sslrootcert=FILE to the URL");
    }
    if (said.contains("could not be verified by hostnameverifier")) {
      return Optional.of(
          "its certificate is for another host: write the name that it is for in the URL");
    }
    for (@Nullable Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof FileNotFoundException) {
        return Optional.of("a file in the URL cannot be read: give one that can be as sslrootcert");
      }
      if (t instanceof GeneralSecurityException) {
        return Optional.of(
            "its certificate is not trusted here: name the file of the CA that signed it as sslrootcert in the URL");
      }
      if (t instanceof SSLException && t.getCause() == null) {
        return Optional.of("what answers there does not speak the same TLS");
      }
    }
    return Optional.empty();
  }
}
