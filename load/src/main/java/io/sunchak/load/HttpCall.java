package io.sunchak.load;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param token sent as bearer; null for none
 * @param body JSON; null for none
 * @param headers besides those that every request has
 */
public record HttpCall(
    String method,
    String path,
    @Nullable String token,
    @Nullable String body,
    Map<String, String> headers) {
  public HttpCall(String method, String path, @Nullable String token, @Nullable String body) {
    this(method, path, token, body, Map.of());
  }

  public static HttpCall post(String path, String token) {
    return new HttpCall("POST", path, token, null);
  }

  /** Of a caller who need not prove who it is: the lab's. */
  public static HttpCall postAs(String user, String path) {
    return new HttpCall("POST", path, null, null, Map.of("X-User-Id", user));
  }

  public static HttpCall get(String path, @Nullable String token) {
    return new HttpCall("GET", path, token, null);
  }
}
