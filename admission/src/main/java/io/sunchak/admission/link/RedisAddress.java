package io.sunchak.admission.link;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.StaticCredentialsProvider;
import io.sunchak.core.log.LogException;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, as {@code redis://user:password@host:port}, {@code rediss} for TLS, with {@code
 * ?ca=FILE} for a CA of one's own, or {@code
 * redis-sentinel://user:password@host:port,host:port#name}: the Sentinels that know the primary of
 * that name. What is shown of it are hosts, ports and that name, and what cannot be read is refused
 * without being repeated: any other part of it may be a password.
 */
final class RedisAddress {
  private static final Set<String> SCHEMES = Set.of("redis", "rediss");
  private static final String CA = "ca=";
  private static final String ENCODED =
      "; in the password write # as %23, @ as %40, : as %3A, / as %2F, % as %25";
  private static final String FORM =
      "sunchak.redis.url must be redis://user:password@host:port" + ENCODED;
  private static final String SENTINEL_FORM =
      "sunchak.redis.url must be redis-sentinel://user:password@host:port,host:port#name" + ENCODED;
  private static final Pattern SENTINELS =
      Pattern.compile(
          "redis-sentinel://(?:(?<login>[^@/?#\\s]*)@)?(?<hosts>[^@/?#\\s]+)/?(?<base>\\d{0,4})"
              + "#(?<name>[A-Za-z0-9._-]+)");
  private static final Pattern SENTINEL =
      Pattern.compile("(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::(?<port>\\d{1,5}))?");

  private final RedisURI uri;
  private final @Nullable File ca;

  private RedisAddress(RedisURI uri, @Nullable File ca) {
    this.uri = uri;
    this.ca = ca;
  }

  /**
   * Reads it.
   *
   * @throws LogException with a sentence when it is no such address
   */
  static RedisAddress of(String url) {
    refuseClusters(url);
    if (url.startsWith("redis-sentinel:")) {
      return new RedisAddress(readable(sentinels(url), SENTINEL_FORM), null);
    }
    RedisURI one = readable(one(url), FORM);
    return new RedisAddress(one, ca(URI.create(url)));
  }

  private static RedisURI readable(@Nullable RedisURI read, String form) {
    if (read == null) {
      throw new LogException(form, null);
    }
    return read;
  }

  private static void refuseClusters(String url) {
    if (url.startsWith("redis-cluster:")) {
      throw new LogException(
          "sunchak.redis.url names a cluster, which is not supported: give the address of one"
              + " primary, as redis://host:port, or of its Sentinels",
          null);
    }
  }

  private static @Nullable RedisURI one(String url) {
    URI read = parsed(url);
    if (read == null || read.getHost() == null || read.getRawFragment() != null) {
      return null;
    }
    try {
      RedisURI redis = RedisURI.create(read);
      return withLogin(redis, read.getRawUserInfo());
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  private static @Nullable File ca(URI read) {
    for (String parameter : String.valueOf(read.getRawQuery()).split("&", -1)) {
      if (parameter.startsWith(CA)) {
        File file = new File(decoded(parameter.substring(CA.length())));
        if (!file.canRead()) {
          throw new LogException("sunchak.redis.url: the file of ca cannot be read: " + file, null);
        }
        return file;
      }
    }
    return null;
  }

  private static @Nullable URI parsed(String url) {
    try {
      URI read = new URI(url);
      return SCHEMES.contains(String.valueOf(read.getScheme())) ? read : null;
    } catch (URISyntaxException unreadable) {
      return null;
    }
  }

  private static @Nullable RedisURI sentinels(String url) {
    Matcher read = SENTINELS.matcher(url);
    if (!read.matches()) {
      return null;
    }
    RedisURI redis = new RedisURI();
    redis.setSentinelMasterId(read.group("name"));
    redis.setDatabase(read.group("base").isEmpty() ? 0 : Integer.parseInt(read.group("base")));
    try {
      for (String each : read.group("hosts").split(",", -1)) {
        redis.getSentinels().add(sentinel(each));
      }
      return withLogin(redis, read.group("login"));
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  private static RedisURI sentinel(String place) {
    Matcher read = SENTINEL.matcher(place);
    if (!read.matches()) {
      throw new IllegalArgumentException("no host and port");
    }
    String port = read.group("port");
    return RedisURI.create(
        read.group("host"), port == null ? RedisURI.DEFAULT_SENTINEL_PORT : Integer.parseInt(port));
  }

  private static RedisURI withLogin(RedisURI redis, @Nullable String login) {
    if (login != null) {
      int colon = login.indexOf(':');
      String user = colon < 1 ? null : decoded(login.substring(0, colon));
      char[] password = decoded(login.substring(colon + 1)).toCharArray();
      redis.setCredentialsProvider(new StaticCredentialsProvider(user, password));
    }
    return redis;
  }

  /** As RFC 3986 has it: a plus is a plus. */
  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  RedisURI uri() {
    return uri;
  }

  /** Whether Sentinels tell where the primary is, and may replace it. */
  boolean isBySentinel() {
    return !uri.getSentinels().isEmpty();
  }

  /** What a certificate is checked against: the CA of the URL, else those that the JDK trusts. */
  SslOptions trust() {
    SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
    return ca == null ? options.build() : options.trustManager(ca).build();
  }

  /**
   * Why the URL cannot be right about what listens there; empty if it may be, as behind Sentinels,
   * who are not asked.
   */
  Optional<String> contradiction(Duration limit) {
    return isBySentinel()
        ? Optional.empty()
        : new PeerProbe(uri.getHost(), uri.getPort(), limit).contradiction(uri.isSsl());
  }

  /** Host and port; or the primary's name, and those of its Sentinels. */
  @Override
  public String toString() {
    return isBySentinel()
        ? uri.getSentinels().stream()
            .map(sentinel -> sentinel.getHost() + ":" + sentinel.getPort())
            .collect(Collectors.joining(", ", uri.getSentinelMasterId() + " by Sentinel ", ""))
        : uri.getHost() + ":" + uri.getPort();
  }
}
