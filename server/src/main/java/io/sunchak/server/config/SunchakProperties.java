package io.sunchak.server.config;

import io.sunchak.admission.link.Durability;
import io.sunchak.server.codes.CouponCodes;
import io.sunchak.server.limits.Proxies;
import io.sunchak.server.transport.Transport;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.validation.annotation.Validated;

/**
 * The settings below {@code sunchak}. An unknown key is an error, so that a misspelt one is not
 * silently ignored.
 *
 * @param ack when an issue is answered: once it is in the log (202), or once its row is committed
 *     (201)
 * @param maxBacklog how much may wait for the ledger before BACKLOG_FULL, counted twice: the
 *     reservations in one campaign's log, and this node's promises of all campaigns together
 * @param codes the keys of coupons' codes
 * @param cors origins of pages that may call the API
 * @param alarm the webhook for alarms
 * @param limits how much one caller may ask
 * @param proxies addresses and networks of the proxies in front of the server, such as 10.0.0.0/8
 * @param forwardedHeader which header those proxies write
 * @param transport how the HTTP server reads and writes: {@code auto}, {@code io_uring}, {@code
 *     epoll} or {@code nio}
 * @param archiveAfter how long after its end a campaign is archived; null: only by hand
 */
@Validated
@ConfigurationProperties(prefix = "sunchak", ignoreUnknownFields = false)
public record SunchakProperties(
    @NotNull @DefaultValue("log") Ack ack,
    @Min(1) @Max(100_000_000) @DefaultValue("1000000") long maxBacklog,
    @Valid @NotNull @DefaultValue Redis redis,
    @Valid @NotNull @DefaultValue Postgres postgres,
    @Valid @NotNull @DefaultValue Token token,
    @Valid @NotNull @DefaultValue Codes codes,
    @Valid @NotNull @DefaultValue Cors cors,
    @Valid @NotNull @DefaultValue Alarm alarm,
    @Valid @NotNull @DefaultValue Limits limits,
    @NotNull @DefaultValue List<String> proxies,
    @NotNull @DefaultValue("x-forwarded-for") Proxies.Header forwardedHeader,
    @NotNull @DefaultValue("auto") String transport,
    @Nullable Duration archiveAfter) {
  private static final Duration LONGEST_BEFORE_ARCHIVE = Duration.ofDays(36_500);

  /**
   * Refuses a proxy that is neither an address nor a network, a transport that is not here, and a
   * time to archive that lies before the end.
   */
  public SunchakProperties {
    if (archiveAfter != null
        && (archiveAfter.isNegative() || archiveAfter.compareTo(LONGEST_BEFORE_ARCHIVE) > 0)) {
      throw new InvalidConfigurationPropertyValueException(
          "sunchak.archive-after",
          null,
          "must not be negative or longer than 36500 days: a duration such as P30D");
    }
    Transport.of(transport);
    try {
      new Proxies(proxies, forwardedHeader);
    } catch (IllegalArgumentException unreadable) {
      throw new InvalidConfigurationPropertyValueException(
          "sunchak.proxies", null, "must be addresses or networks such as 10.0.0.0/8");
    }
  }

  /** The headers of these proxies tell where a request comes from. */
  public Proxies trustedProxies() {
    return new Proxies(proxies, forwardedHeader);
  }

  /** The transport of this name; for {@code auto} the best one here. */
  public Transport chosenTransport() {
    return Transport.of(transport);
  }

  private static void refuseBrokenLine(String key, @Nullable String secret) {
    if (secret != null && secret.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidConfigurationPropertyValueException(
          key, null, "contains a line feed or another control character: remove it");
    }
  }

  /** When an issue is answered. */
  public enum Ack {
    LOG,
    LEDGER
  }

  /** What a failover of Redis may cost. */
  public enum FailoverLoss {
    /** Nothing: a server does not start on a Redis whose failover could. */
    REFUSED,
    /** What the new primary lacks and no running server remembers. */
    ACCEPTED
  }

  /**
   * Where Redis is: {@code redis://user:password@host:port}, or its Sentinels.
   *
   * @param acks how many replicas must have what was reserved before anybody is told
   * @param durability what the operator declares of a Redis that hides its settings
   */
  public record Redis(
      @NotBlank String url,
      @Min(0) @Max(9) @DefaultValue("0") int acks,
      @NotNull @DefaultValue("refused") FailoverLoss failoverLoss,
      @NotNull @DefaultValue("verified") Durability durability) {

    /** Refuses Sentinels with neither replicas that acknowledge nor a loss that is accepted. */
    public Redis {
      if (isBySentinel(url) && acks == 0 && failoverLoss == FailoverLoss.REFUSED) {
        throw new InvalidConfigurationPropertyValueException(
            "sunchak.redis.acks",
            null,
            "must be at least 1 with Sentinel, whose failover loses what no replica has; or set"
                + " sunchak.redis.failover-loss=accepted");
      }
    }

    /** A missing URL is refused by its own rule. */
    private static boolean isBySentinel(@Nullable String url) {
      return url != null && url.startsWith("redis-sentinel:");
    }

    @Override
    public String toString() {
      return "Redis[url=…, durability=" + durability.word() + "]";
    }
  }

  /**
   * Where PostgreSQL is: a JDBC URL, a user and a password.
   *
   * @param owner the role that creates and changes the tables; null if the user does that too
   */
  public record Postgres(
      @NotBlank String url,
      @NotNull @DefaultValue("") String user,
      @NotNull @DefaultValue("") String password,
      @Valid @Nullable Owner owner) {

    /** Refuses values with a control character, such as a file's last line feed. */
    public Postgres {
      refuseBrokenLine("sunchak.postgres.user", user);
      refuseBrokenLine("sunchak.postgres.password", password);
    }

    /**
     * The owner of the tables, who grants the server's user what it needs.
     *
     * @param url where the owner connects; null if that is where the user does
     */
    public record Owner(
        @Nullable String url, @NotBlank String user, @NotNull @DefaultValue("") String password) {
      /** Checked like the server's user. */
      public Owner {
        refuseBrokenLine("sunchak.postgres.owner.user", user);
        refuseBrokenLine("sunchak.postgres.owner.password", password);
      }

      @Override
      public String toString() {
        return "Owner[user=" + user + "]";
      }
    }

    @Override
    public String toString() {
      return "Postgres[user=" + user + ", owner=" + owner + "]";
    }
  }

  /**
   * How tokens are verified, if they are not signed by an identity provider.
   *
   * @param secret null only where {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} is
   *     set
   * @param audience the audience that a provider's tokens must have
   */
  public record Token(
      @Nullable @Size(min = 32, message = "must be at least 32 characters") String secret,
      @NotBlank @DefaultValue("sunchak") String audience) {

    /** Refuses a blank secret and one with a control character. */
    public Token {
      refuseBrokenLine("sunchak.token.secret", secret);
      if (secret != null && secret.isBlank()) {
        throw new InvalidConfigurationPropertyValueException(
            "sunchak.token.secret", null, "is blank: use 32 random characters or more");
      }
    }

    @Override
    public String toString() {
      return "Token[audience=" + audience + "]";
    }
  }

  /**
   * The keys of coupons' codes.
   *
   * @param keys secrets by their ids, each one character of a code
   * @param current the id of the key that makes codes; null for the highest
   */
  public record Codes(
      @NotNull @DefaultValue
          Map<String, @Size(min = 32, message = "must be at least 32 characters") String> keys,
      @Nullable String current) {

    /** Refuses ids that are no characters of a code, and secrets with a control character. */
    public Codes {
      keys.forEach((id, secret) -> refuseBrokenLine("sunchak.codes.keys." + id, secret));
      try {
        new CouponCodes(keys, current);
      } catch (IllegalArgumentException wrong) {
        throw new InvalidConfigurationPropertyValueException(
            "sunchak.codes", null, String.valueOf(wrong.getMessage()));
      }
    }

    /** Makes and reads codes by these keys. */
    public CouponCodes generator() {
      return new CouponCodes(keys, current);
    }

    @Override
    public String toString() {
      return "Codes[keys=" + keys.keySet() + ", current=" + current + "]";
    }
  }

  /**
   * A webhook that accepts <code>{"text": …}</code>, as those of Slack and Mattermost do.
   *
   * @param url http or https; it may contain a secret and is never printed
   * @param pause between two messages; alarms raised meanwhile are sent together
   */
  public record Alarm(
      @Nullable String url,
      @NotNull @DefaultValue("10s") @DurationMin(millis = 10) @DurationMax(hours = 1)
          Duration pause) {

    /** Refuses a URL that cannot be posted to; the message does not contain it. */
    public Alarm {
      if (url != null && parsed(url) == null) {
        throw new InvalidConfigurationPropertyValueException(
            "sunchak.alarm.url", null, "must be an http or https URL with a host");
      }
    }

    /** Where to post; null if no webhook is configured. */
    public @Nullable URI webhook() {
      return url == null ? null : parsed(url);
    }

    private static @Nullable URI parsed(String url) {
      try {
        URI parsed = new URI(url);
        HttpRequest.newBuilder(parsed);
        return parsed;
      } catch (URISyntaxException | IllegalArgumentException unusable) {
        return null;
      }
    }

    @Override
    public String toString() {
      return "Alarm[url=…, pause=" + pause + "]";
    }
  }

  /**
   * How much one caller may ask.
   *
   * @param userBurst requests of one user at once, on this node
   * @param userPerSecond of one user per second in the long run
   * @param redeemerBurst requests of one redeemer at once, on this node, instead of those of a user
   * @param redeemerPerSecond of one redeemer per second in the long run
   * @param addressBurst requests of one address at once, on this node; many users may share an
   *     address
   * @param addressPerSecond of one address per second in the long run
   * @param connections in total
   * @param connectionsPerAddress from one address
   */
  public record Limits(
      @Min(1) @Max(1_000_000_000) @DefaultValue("100") long userBurst,
      @Min(1) @Max(1_000_000_000) @DefaultValue("10") long userPerSecond,
      @Min(1) @Max(1_000_000_000) @DefaultValue("20000") long redeemerBurst,
      @Min(1) @Max(1_000_000_000) @DefaultValue("10000") long redeemerPerSecond,
      @Min(1) @Max(1_000_000_000) @DefaultValue("20000") long addressBurst,
      @Min(1) @Max(1_000_000_000) @DefaultValue("2000") long addressPerSecond,
      @Min(1) @Max(1_000_000) @DefaultValue("50000") int connections,
      @Min(1) @Max(1_000_000) @DefaultValue("10000") int connectionsPerAddress) {}

  /** Which pages of other origins may call. */
  public record Cors(
      @NotNull @DefaultValue
          List<
                  @Pattern(
                      regexp = "https?://[^/\\s*]+",
                      message = "must be an origin such as https://shop.example")
                  String>
              origins) {}
}
