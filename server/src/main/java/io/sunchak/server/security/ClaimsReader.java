package io.sunchak.server.security;

import io.sunchak.token.TokenSigner;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the claims that identify the caller (RFC 7519, 4.1). Required claims are read strictly: a
 * token with a required claim of a wrong type or given twice is refused. Other claims are ignored,
 * whatever their form, depth and size within the token's length. {@code null} counts as absent.
 *
 * <p>Only {@code roles} grants a {@link Role}: one string, or an array of which only the strings
 * count. Any other form is ignored.
 */
final class ClaimsReader {
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(TokenVerifier.MAX_LENGTH)
                  .maxNumberLength(TokenVerifier.MAX_LENGTH)
                  .build())
          .build();

  private final JsonParser json;
  private final Set<String> seen = new HashSet<>();
  private @Nullable String subject;
  private @Nullable String issuer;
  private Set<String> audience = Set.of();
  private Set<Role> roles = Set.of();
  private boolean guest;
  private @Nullable Long expiresAt;
  private @Nullable Long notBefore;
  private @Nullable String fault;

  private ClaimsReader(JsonParser json) {
    this.json = json;
  }

  /** Reads a payload; null if it is no JSON object. */
  static @Nullable Claims read(byte[] payload) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), payload)) {
      ClaimsReader reader = new ClaimsReader(json);
      return reader.isRead() ? reader.claims(payload) : null;
    } catch (JacksonException malformed) {
      return null;
    }
  }

  private boolean isRead() {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      claim(json.currentName());
    }
    return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
  }

  private Claims claims(byte[] payload) {
    return new Claims(
        subject,
        issuer,
        audience,
        roles,
        guest,
        expiresAt,
        notBefore,
        new TokenClaims(payload),
        fault);
  }

  private void claim(String name) {
    JsonToken value = json.nextToken();
    switch (name) {
      case "sub" -> subject = once(name, subject());
      case "iss" -> issuer = once(name, value == JsonToken.VALUE_STRING ? json.getString() : null);
      case "aud" -> audience = once(name, strings());
      case "roles" -> roles = once(name, roles());
      case "exp" -> expiresAt = once(name, seconds(name));
      case "nbf" -> notBefore = once(name, seconds(name));
      // Any value of this claim marks a guest of the demo; it only removes rights.
      case TokenSigner.GUEST -> {
        guest = true;
        json.skipChildren();
      }
      default -> json.skipChildren();
    }
  }

  private <T extends @Nullable Object> T once(String name, T value) {
    if (!seen.add(name)) {
      fault(name + " is given twice");
    }
    return value;
  }

  /** Some providers use numbers as user ids; the digits are then the id. */
  private @Nullable String subject() {
    return switch (json.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT -> json.getString();
      case VALUE_NULL -> null;
      default -> {
        json.skipChildren();
        yield fault("sub must be a string or a whole number");
      }
    };
  }

  /** One string, or the strings in an array. */
  private Set<String> strings() {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return Set.of(json.getString());
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return Set.of();
    }
    Set<String> all = new HashSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        all.add(json.getString());
      }
      json.skipChildren();
    }
    return all;
  }

  private Set<Role> roles() {
    Set<String> named = strings();
    return named.isEmpty()
        ? Set.of()
        : named.stream()
            .flatMap(name -> Role.of(name).stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** A NumericDate, which may have a fraction. */
  private @Nullable Long seconds(String name) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    double seconds = json.currentToken().isNumeric() ? json.getDoubleValue() : Double.NaN;
    json.skipChildren();
    if (Math.abs(seconds) < 1e15) {
      return (long) Math.floor(seconds);
    }
    fault(name + " must be a number of seconds");
    return null;
  }

  private @Nullable String fault(String first) {
    fault = fault == null ? first : fault;
    return null;
  }
}
