package io.sunchak.load;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API.
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

  HttpRequest request(URI server) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body == null) {
      return request.method(method, BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body))
        .build();
  }
}
