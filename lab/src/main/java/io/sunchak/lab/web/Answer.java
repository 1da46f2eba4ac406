package io.sunchak.lab.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP answer, before a stack has written it. */
public record Answer(int status, Map<String, String> headers, String body) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Answer json(int status, Object body) {
    return new Answer(status, Map.of("Cache-Control", "no-store"), JSON.writeValueAsString(body))
        .as("application/json");
  }

  Answer as(String mediaType) {
    return with("Content-Type", mediaType);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
