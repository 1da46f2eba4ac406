package io.sunchak.server.security;

import io.sunchak.core.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The claims that decide who calls (RFC 7519, 4.1), read strictly: a claim of a wrong type or given
 * twice makes the whole token worthless. Others are passed over.
 *
 * @param expiresAt seconds since the epoch; null when the token has none
 * @param notBefore seconds since the epoch; null when the token has none
 */
record Claims(
    @Nullable String subject,
    @Nullable String issuer,
    Set<String> audience,
    Set<String> roles,
    @Nullable Long expiresAt,
    @Nullable Long notBefore) {
  private static final Duration LEEWAY = Duration.ofSeconds(30);
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(10).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Reads a payload; empty when it is not an object of well-typed claims. */
  static Optional<Claims> read(byte[] payload) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), payload)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Reader reader = new Reader(json);
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        reader.claim(json.currentName());
      }
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null
          ? Optional.of(reader.claims())
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /**
   * The caller whom they name, if they are for {@code wantedAudience}, from {@code wantedIssuer},
   * current, and their subject can be a user. A token without an end is refused.
   */
  Optional<Caller> caller(String wantedIssuer, String wantedAudience, Instant now) {
    boolean ours = wantedIssuer.equals(issuer) && audience.contains(wantedAudience);
    if (!ours || !isCurrent(now.getEpochSecond()) || subject == null || !UserId.isValid(subject)) {
      return Optional.empty();
    }
    return Optional.of(new Caller(new UserId(subject), roles.contains("admin")));
  }

  private boolean isCurrent(long now) {
    return expiresAt != null
        && now - LEEWAY.toSeconds() < expiresAt
        && (notBefore == null || now + LEEWAY.toSeconds() >= notBefore);
  }

  /** Collects the claims as they come. */
  private static final class Reader {
    private final JsonParser json;
    private @Nullable String subject;
    private @Nullable String issuer;
    private Set<String> audience = Set.of();
    private Set<String> roles = Set.of();
    private @Nullable Long expiresAt;
    private @Nullable Long notBefore;

    Reader(JsonParser json) {
      this.json = json;
    }

    void claim(String name) {
      json.nextToken();
      switch (name) {
        case "sub" -> subject = text();
        case "iss" -> issuer = text();
        case "aud" -> audience = texts();
        case "roles" -> roles = array();
        case "exp" -> expiresAt = seconds();
        case "nbf" -> notBefore = seconds();
        default -> json.skipChildren();
      }
    }

    Claims claims() {
      return new Claims(subject, issuer, audience, roles, expiresAt, notBefore);
    }

    private String text() {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw new IllegalArgumentException("a claim is not a string");
      }
      return json.getString();
    }

    /** One string, or an array of them. */
    private Set<String> texts() {
      return json.currentToken() == JsonToken.START_ARRAY ? array() : Set.of(text());
    }

    private Set<String> array() {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException("a claim is not an array");
      }
      Set<String> all = new HashSet<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        all.add(text());
      }
      return all;
    }

    /** A NumericDate, which may have a fraction. */
    private long seconds() {
      if (!json.currentToken().isNumeric()) {
        throw new IllegalArgumentException("a date is not a number");
      }
      double seconds = json.getDoubleValue();
      if (!(Math.abs(seconds) < 1e15)) {
        throw new IllegalArgumentException("a date is out of range");
      }
      return (long) Math.floor(seconds);
    }
  }
}
