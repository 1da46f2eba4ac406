package io.sunchak.server.testing;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A request to be sent. Immutable. */
public record Call(String method, String target, List<String> headers, BodyPublisher body) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public static Call of(String method, String target) {
    return new Call(method, target, List.of(), BodyPublishers.noBody());
  }

  public static Call get(String target) {
    return of("GET", target);
  }

  public static Call post(String target) {
    return of("POST", target);
  }

  public static Call patch(String target) {
    return of("PATCH", target);
  }

  /** With a bearer token. */
  public Call as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  public Call with(String header, String value) {
    List<String> more = new ArrayList<>(headers);
    more.addAll(List.of(header, value));
    return new Call(method, target, List.copyOf(more), body);
  }

  public Call json(Map<String, ?> fields) {
    return body(JSON.writeValueAsString(fields));
  }

  public Call body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  public Call body(byte[] bytes) {
    return body(BodyPublishers.ofByteArray(bytes));
  }

  public Call body(BodyPublisher publisher) {
    return new Call(method, target, headers, publisher);
  }

  /** The path without its query. */
  String path() {
    return target.split("\\?", 2)[0];
  }

  HttpRequest on(URI server) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + target)).timeout(PATIENCE).method(method, body);
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    return request.build();
  }
}
