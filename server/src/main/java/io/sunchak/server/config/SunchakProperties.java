package io.sunchak.server.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The server's own settings. An unknown key is an error, so that a misspelt one is not silently
 * ignored.
 *
 * @param ack when an issue is answered: once it is in the log (202), or once its row is committed
 *     (201)
 * @param maxBacklog reservations a campaign's log may hold before BACKLOG_FULL
 * @param cors a shop's own pages
 */
@Validated
@ConfigurationProperties(prefix = "sunchak", ignoreUnknownFields = false)
public record SunchakProperties(
    @NotNull @DefaultValue("log") Ack ack,
    @Min(1) @Max(100_000_000) @DefaultValue("1000000") long maxBacklog,
    @Valid @NotNull @DefaultValue Redis redis,
    @Valid @NotNull @DefaultValue Postgres postgres,
    @Valid @NotNull @DefaultValue Token token,
    @Valid @NotNull @DefaultValue Cors cors) {

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
