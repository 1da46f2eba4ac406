package io.sunchak.load;

import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param token sent as bearer; null for none
 * @param body JSON; null for none
 */
public record HttpCall(String method, String path, @Nullable String token, @Nullable String body) {
  public static HttpCall post(String path, String token) {
    return new HttpCall("POST", path, token, null);
  }

  public static HttpCall get(String path, @Nullable String token) {
    return new HttpCall("GET", path, token, null);
  }
}
