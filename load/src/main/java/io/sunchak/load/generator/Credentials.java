package io.sunchak.load.generator;

import io.sunchak.token.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The users of a load and the header line by which each proves who they are. The lines are made
 * ahead, because a signature costs about as much as the rest of a request. Immutable.
 */
public final class Credentials {
  private static final Duration TOKEN_LIFE = Duration.ofHours(6);

  private final String prefix;
  private final byte[][] lines;

  private Credentials(String prefix, int users, IntFunction<String> line) {
    this.prefix = prefix;
    this.lines = new byte[users][];
    Arrays.parallelSetAll(
        lines, user -> (line.apply(user) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** A bearer token for each of {@code users}, as the server requires. */
  public static Credentials tokens(TokenSigner signer, String prefix, int users) {
    return new Credentials(
        prefix,
        users,
        user -> "Authorization: Bearer " + signer.sign(prefix + user, false, TOKEN_LIFE));
  }

  /** The plain header that the lab takes. */
  public static Credentials names(String prefix, int users) {
    return new Credentials(prefix, users, user -> "X-User-Id: " + prefix + user);
  }

  /** How many users there are: 0 to {@code count() - 1}. */
  public int count() {
    return lines.length;
  }

  /** The id of a user. */
  public String name(int user) {
    return prefix + user;
  }

  /** Header line and the empty line after it. */
  byte[] line(int user) {
    return lines[user];
  }
}
