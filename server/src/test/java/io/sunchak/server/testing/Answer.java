package io.sunchak.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server answered, its body read as UTF-8. */
public record Answer(int status, HttpHeaders headers, String text) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Answer of(HttpResponse<byte[]> response) {
    return new Answer(
        response.statusCode(),
        response.headers(),
        new String(response.body(), StandardCharsets.UTF_8));
  }

  public JsonNode json() {
    return JSON.readTree(text);
  }

  public @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  /** The media type without its parameters. */
  public String mediaType() {
    return headers.firstValue("Content-Type").orElse("").split(";", 2)[0];
  }

  /** Asserts the status. */
  public Answer is(int expected) {
    assertThat(status).as(this::text).isEqualTo(expected);
    return this;
  }

  /** Asserts a problem's status and code. */
  public Answer is(int expected, String code) {
    is(expected);
    assertThat(json().path("code").asString()).as(this::text).isEqualTo(code);
    return this;
  }
}
