package io.sunchak.ledger.connection;

import io.sunchak.core.ledger.LedgerException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDBC URL of PostgreSQL. Only its hosts, ports and database are ever shown, because everything
 * else in it may be a password. The URL is validated before the driver sees it, because the driver
 * logs a URL that it cannot parse.
 */
record LedgerAddress(String url) {
  private static final String HOST = "(?:[\\w.-]+|\\[[0-9a-fA-F:.]+])(?::\\d{1,5})?";
  private static final Pattern PLACE =
      Pattern.compile("jdbc:postgresql://" + HOST + "(?:," + HOST + ")*/[^/?#@%\\s]+");
  private static final Pattern PARAMETERS = Pattern.compile("(?:[^#%\\s]|%[0-9a-fA-F]{2})*");
  private static final Pattern PORT = Pattern.compile("(?<=[\\w\\]]):(\\d{1,5})(?=[,/])");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Parses a URL.
   *
   * @throws LedgerException if it is no such URL; the message does not contain it
   */
  LedgerAddress {
    String[] parts = url.split("[?]", 2);
    boolean readable =
        PLACE.matcher(parts[0]).matches()
            && hasPorts(parts[0])
            && (parts.length == 1 || PARAMETERS.matcher(parts[1]).matches());
    if (!readable) {
      throw new LedgerException(
          "sunchak.postgres.url must be jdbc:postgresql://host:port/database; the user goes into"
              + " sunchak.postgres.user and sunchak.postgres.password",
          null);
    }
  }

  private static boolean hasPorts(String place) {
    Matcher ports = PORT.matcher(place);
    return ports.results().mapToInt(p -> Integer.parseInt(p.group(1))).allMatch(LedgerAddress::is);
  }

  private static boolean is(int port) {
    return port > 0 && port <= HIGHEST_PORT;
  }

  /** Whether the URL sets session parameters, which would replace the server's. */
  boolean hasSettings() {
    return url.contains("?options=") || url.contains("&options=");
  }

  @Override
  public String toString() {
    return url.split("[?]", 2)[0];
  }
}
