package io.sunchak.admission.link;

import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import io.sunchak.core.log.LogException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, as {@code redis://user:password@host:port}, or {@code rediss} for TLS. What is
 * shown of it is the host and port alone, and what cannot be read is refused without being
 * repeated: any part of it may be a password.
 */
final class RedisAddress {
  private static final Set<String> SCHEMES = Set.of("redis", "rediss");
  private static final String FORM =
      "sunchak.redis.url must be redis://user:password@host:port; in the password write"
          + " # as %23, @ as %40, : as %3A, / as %2F, % as %25";

  private final RedisURI uri;

  private RedisAddress(RedisURI uri) {
    this.uri = uri;
  }

  /**
   * Reads it.
   *
   * @throws LogException with a sentence when it is no such address
   */
  static RedisAddress of(String url) {
    refuseOtherKinds(url);
    URI read = parsed(url);
    if (read == null || read.getHost() == null || read.getRawFragment() != null) {
      throw new LogException(FORM, null);
    }
    try {
      RedisURI redis = RedisURI.create(read);
      String login = read.getRawUserInfo();
      if (login != null) {
        int colon = login.indexOf(':');
        String user = colon < 1 ? null : decoded(login.substring(0, colon));
        char[] password = decoded(login.substring(colon + 1)).toCharArray();
        redis.setCredentialsProvider(new StaticCredentialsProvider(user, password));
      }
      return new RedisAddress(redis);
    } catch (IllegalArgumentException unreadable) {
      throw new LogException(FORM, null);
    }
  }

  private static void refuseOtherKinds(String url) {
    if (url.startsWith("redis-cluster:") || url.startsWith("redis-sentinel:")) {
      throw new LogException(
          "sunchak.redis.url names a cluster or Sentinel, which are not supported: give the address"
              + " of one primary, as redis://host:port",
          null);
    }
  }

  private static @Nullable URI parsed(String url) {
    try {
      URI read = new URI(url);
      return SCHEMES.contains(String.valueOf(read.getScheme())) ? read : null;
    } catch (URISyntaxException unreadable) {
      return null;
    }
  }

  /** As RFC 3986 has it: a plus is a plus. */
  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  RedisURI uri() {
    return uri;
  }

  /** Host and port. */
  @Override
  public String toString() {
    return uri.getHost() + ":" + uri.getPort();
  }
}
