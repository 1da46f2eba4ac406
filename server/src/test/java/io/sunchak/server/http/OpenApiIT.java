package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.OpenApi;
import io.sunchak.server.testing.ServerExtension;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The OpenAPI file against what it describes; answers are held against it by every other test. */
@ExtendWith(ServerExtension.class)
class OpenApiIT {
  private static final Set<String> OF_THE_FRAMEWORK =
      Set.of(
          "GET /actuator/health",
          "GET /actuator/health/liveness",
          "GET /actuator/health/readiness",
          "GET /actuator/prometheus");

  private final JsonNode document = OpenApi.get().document();

  @Test
  void the_file_has_every_route_and_nothing_else(LiveServer server) {
    Set<String> routed =
        server.bean(Routes.class).table().stream()
            .map(route -> route.method() + " " + route.path())
            .collect(Collectors.toCollection(TreeSet::new));
    routed.addAll(OF_THE_FRAMEWORK);

    assertThat(OpenApi.get().calls()).isEqualTo(routed);
  }

  @Test
  void the_server_gives_the_file_itself(Api api) {
    assertThat(api.get("/v3/api-docs").is(200).json()).isEqualTo(document);
  }

  @Test
  void every_code_has_its_status_in_the_file_and_the_file_has_no_other() {
    Set<String> declared = new TreeSet<>();
    collectCodes(document.path("components").path("responses"), declared);

    assertThat(declared).isEqualTo(names(Code.values()));
    assertThat(strings(document.at("/components/schemas/Problem/properties/code/enum")))
        .isEqualTo(declared);
  }

  @Test
  void every_response_of_a_call_has_the_status_of_its_codes() {
    document
        .path("paths")
        .forEach(path ->
            path.findValues("responses").stream()
                .flatMap(responses -> responses.properties().stream())
                .filter(response -> response.getValue().has("$ref"))
                .forEach(response -> {
                  Set<String> codes = new TreeSet<>();
                  String pointer = response.getValue().path("$ref").asString().substring(1);
                  collectCodes(document.at(pointer), codes);
                  assertThat(codes)
                      .allSatisfy(code ->
                          assertThat(Code.valueOf(code).status())
                              .as(pointer)
                              .isEqualTo(Integer.parseInt(response.getKey())));
                }));
  }

  @Test
  void every_example_keeps_its_own_schema() {
    Set<String> checked = new TreeSet<>();
    checkExamples("", document, checked);

    assertThat(checked).hasSizeGreaterThan(8);
  }

  @Test
  void every_call_with_a_limit_in_the_file_refuses_one_that_is_too_low(Api api) {
    api.create("limited-pages", 1);
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      JsonNode parameters = path.getValue().at("/get/parameters");
      if (parameters.toString().contains("parameters/Limit")) {
        String target = path.getKey().replace("{id}", "limited-pages") + "?limit=0";
        api.admin(Call.get(target)).is(400, "INVALID");
      }
    }
  }

  @Test
  void a_call_that_the_file_does_not_have_is_refused(Api api) {
    api.admin(Call.get("/api/v1/nothing")).is(404, "NOT_FOUND");
  }

  private static Set<String> names(Code[] codes) {
    return Arrays.stream(codes).map(Code::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> strings(JsonNode array) {
    Set<String> strings = new TreeSet<>();
    array.forEach(item -> strings.add(item.asString()));
    return strings;
  }

  private static void collectCodes(JsonNode in, Set<String> codes) {
    JsonNode narrowed = in.at("/schema/properties/code/enum");
    codes.addAll(strings(narrowed));
    in.forEach(child -> collectCodes(child, codes));
  }

  private static void checkExamples(String at, JsonNode node, Set<String> checked) {
    JsonNode example = node.path("example");
    if (!example.isMissingNode()) {
      String schema = node.has("schema") ? at + "/schema" : at;
      assertThat(OpenApi.get().errors(schema, example)).as(at).isEmpty();
      checked.add(at);
    }
    node.path("examples")
        .forEach(one ->
            assertThat(OpenApi.get().errors(at + "/schema", one.path("value"))).as(at).isEmpty());
    node.properties()
        .forEach(child ->
            checkExamples(
                at + "/" + child.getKey().replace("~", "~0").replace("/", "~1"),
                child.getValue(),
                checked));
  }
}
