package io.sunchak.server.security;

import io.sunchak.core.Eligibility;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * The claims of a verified token, read only when a campaign demands one. A string is met by its
 * characters, a whole number by its digits, a boolean by {@code true} or {@code false}, a list by
 * one of its elements. Other numbers, objects, nested lists and {@code null} meet nothing, nor does
 * a claim that is given twice. Thread-safe.
 */
final class TokenClaims implements Predicate<Eligibility> {
  private final byte[] payload;

  /** The claims in a payload of a signed token. */
  TokenClaims(byte[] payload) {
    this.payload = payload;
  }

  @Override
  public boolean test(Eligibility eligibility) {
    boolean seen = false;
    boolean met = false;
    try (JsonParser json = ClaimsReader.JSON.createParser(ObjectReadContext.empty(), payload)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = json.currentName().equals(eligibility.claim());
        json.nextToken();
        if (wanted) {
          met = !seen && isIn(eligibility.in(), json);
          seen = true;
        } else {
          json.skipChildren();
        }
      }
      return met;
    } catch (JacksonException unreadable) {
      return false;
    }
  }

  private static boolean isIn(List<String> values, JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return isOne(values, json);
    }
    boolean found = false;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      found |= isOne(values, json);
    }
    return found;
  }

  private static boolean isOne(List<String> values, JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_TRUE, VALUE_FALSE ->
          values.contains(json.getString());
      default -> {
        json.skipChildren();
        yield false;
      }
    };
  }
}
