package io.sunchak.server.config;

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
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.validation.annotation.Validated;

/**
 * The server's own settings. An unknown key is an error, so that a misspelt one is not silently
 * ignored.
 *
 * @param ack when an issue is answered: once it is in the log (202), or once its row is committed
 *     (201)
 * @param maxBacklog reservations a campaign's log may hold before BACKLOG_FULL
 * @param cors a shop's own pages
 * @param alarm whom to tell what needs a person
 */
@Validated
@ConfigurationProperties(prefix = "sunchak", ignoreUnknownFields = false)
public record SunchakProperties(
    @NotNull @DefaultValue("log") Ack ack,
    @Min(1) @Max(100_000_000) @DefaultValue("1000000") long maxBacklog,
    @Valid @NotNull @DefaultValue Redis redis,
    @Valid @NotNull @DefaultValue Postgres postgres,
    @Valid @NotNull @DefaultValue Token token,
    @Valid @NotNull @DefaultValue Cors cors,
    @Valid @NotNull @DefaultValue Alarm alarm) {

  /** When an issue is answered. */
  public enum Ack {
    LOG,
    LEDGER
  }

  /** Where Redis is: {@code redis://user:password@host:port}. */
  public record Redis(@NotBlank String url) {}

  /** Where PostgreSQL is: a JDBC URL, and who connects. */
  public record Postgres(
      @NotBlank String url,
      @NotNull @DefaultValue("") String user,
      @NotNull @DefaultValue("") String password) {}

  /**
   * What signs the tokens that are accepted, unless an identity provider does.
   *
   * @param secret null only where {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} is
   *     set
   * @param audience that a provider's tokens must be meant for
   */
  public record Token(
      @Nullable @Size(min = 32, message = "must be at least 32 characters") String secret,
      @NotBlank @DefaultValue("sunchak") String audience) {}

  /**
   * A webhook that takes <code>{"text": …}</code>, as Slack's and Mattermost's do.
   *
   * @param url http or https; it may hold a secret, and is never printed
   * @param pause between two messages; what comes meanwhile goes out together
   */
  public record Alarm(
      @Nullable String url,
      @NotNull @DefaultValue("10s") @DurationMin(millis = 10) @DurationMax(hours = 1)
          Duration pause) {

    /** Refuses a URL that cannot be posted to, without repeating it. */
    public Alarm {
      if (url != null && parsed(url) == null) {
        throw new InvalidConfigurationPropertyValueException(
            "sunchak.alarm.url", null, "must be an http or https URL with a host");
      }
    }

    /** Where to post; null for nowhere. */
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
