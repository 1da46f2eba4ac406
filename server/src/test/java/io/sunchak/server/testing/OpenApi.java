package io.sunchak.server.testing;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The OpenAPI file, as a judge of answers: path, method, status, content type, headers and body
 * must be as it says. Its schemas are JSON Schema 2020-12. Thread-safe.
 */
public final class OpenApi {
  private static final String ID = "https://sunchak.example/openapi";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final OpenApi INSTANCE = new OpenApi();

  private final JsonNode document;
  private final SchemaRegistry schemas;

  private OpenApi() {
    try (InputStream file = OpenApi.class.getResourceAsStream("/openapi.yaml")) {
      Map<String, Object> yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
      document = JSON.valueToTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = document.toString();
    // The file's own words (info, paths, …) are no keywords of a schema, and no mistake either.
    Dialect dialect =
        Dialect.builder(Dialects.getDraft202012())
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
            .build();
    schemas =
        SchemaRegistry.withDefaultDialect(dialect, builder -> builder.schemas(Map.of(ID, text)));
  }

  public static OpenApi get() {
    return INSTANCE;
  }

  public JsonNode document() {
    return document;
  }

  /** Every call as {@code GET /path/{variable}}. */
  public Set<String> calls() {
    Set<String> calls = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(operation -> operation.getValue().has("responses"))
                .forEach(operation ->
                    calls.add(operation.getKey().toUpperCase(ROOT) + " " + path.getKey())));
    return calls;
  }

  /** The roles of which a call needs one; none for every user, and for everybody. */
  public Set<String> roles(String call) {
    String[] part = call.split(" ", 2);
    String at = "/paths/" + escape(part[1]) + "/" + part[0].toLowerCase(ROOT) + "/security";
    Set<String> roles = new TreeSet<>();
    document.at(at).forEach(one -> one.path("bearer").forEach(role -> roles.add(role.asString())));
    return roles;
  }

  /** Asserts that the file allows this answer to this call. */
  public void check(Call call, Answer answer) {
    String what = call.method() + " " + call.target() + " " + answer.status();
    boolean head = call.method().equals("HEAD");
    if (answer.status() >= 400 && !isHealth(call)) {
      assertIsProblem(what, answer, head);
    }
    Optional<String> operation = operation(call);
    if (operation.isEmpty()) {
      // A path or method that the file does not have can only be refused; a browser may ask.
      boolean preflight = call.method().equals("OPTIONS") && answer.status() == 204;
      assertThat(preflight || answer.status() >= 400).as(what).isTrue();
      return;
    }
    String at = operation.get() + "/responses/" + answer.status();
    JsonNode response = resolve(at);
    assertThat(response.isMissingNode())
        .as("%s is not in the OpenAPI file: %s", what, answer.text())
        .isFalse();
    checkHeaders(what, response.path("headers"), answer);
    checkBody(what, at, response.path("content"), answer, head);
  }

  /** Asserts that this is a problem such as every call may be answered with. */
  public void checkRefusal(Call call, Answer answer) {
    String what = call.method() + " " + call.target() + " " + answer.status();
    assertIsProblem(what, answer, call.method().equals("HEAD"));
  }

  private static boolean isHealth(Call call) {
    return call.path().startsWith("/actuator/health");
  }

  private void assertIsProblem(String what, Answer answer, boolean head) {
    assertThat(answer.mediaType())
        .as("%s: %s", what, answer.text())
        .isEqualTo("application/problem+json");
    if (answer.status() == 429 || answer.status() == 503) {
      assertThat(answer.header("Retry-After")).as(what).matches("[1-9][0-9]*");
    }
    if (head) {
      return;
    }
    JsonNode body = answer.json();
    assertThat(errors("/components/schemas/Problem", body)).as("%s: %s", what, body).isEmpty();
    assertThat(body.path("status").asInt()).as(what).isEqualTo(answer.status());
    assertThat(answer.text())
        .as(what)
        .doesNotContain("Exception", "\tat ", "io.sunchak", "jackson", "spring");
  }

  private void checkHeaders(String what, JsonNode declared, Answer answer) {
    declared
        .properties()
        .forEach(header -> {
          JsonNode definition = follow(header.getValue());
          String value = answer.header(header.getKey());
          if (definition.path("required").asBoolean()) {
            assertThat(value).as("%s: header %s", what, header.getKey()).isNotNull();
          }
          if (value != null) {
            assertThat(value)
                .as("%s: header %s", what, header.getKey())
                .containsPattern(definition.path("schema").path("pattern").asString());
          }
        });
  }

  private void checkBody(String what, String at, JsonNode content, Answer answer, boolean head) {
    if (content.isMissingNode() || head) {
      assertThat(answer.text()).as(what).isEmpty();
      return;
    }
    String type = answer.mediaType();
    assertThat(content.has(type)).as("%s: content type %s", what, type).isTrue();
    String schema = pointer(at) + "/content/" + escape(type) + "/schema";
    if (type.equals("application/x-ndjson")) {
      answer
          .text()
          .lines()
          .forEach(line -> assertThat(errors(schema, JSON.readTree(line))).as(line).isEmpty());
    } else if (type.endsWith("json")) {
      assertThat(errors(schema, answer.json())).as("%s: %s", what, answer.text()).isEmpty();
    }
  }

  /** What is wrong with {@code value} by the schema at a JSON pointer into the file. */
  public List<Error> errors(String pointer, JsonNode value) {
    return errors(pointer, value, true);
  }

  /**
   * Whether a value from a client breaks the schema at a JSON pointer. Formats are not judged: the
   * file's words allow more forms of an instant than {@code date-time} does.
   */
  public boolean isForbidden(String pointer, JsonNode value) {
    return !errors(pointer, value, false).isEmpty();
  }

  private List<Error> errors(String pointer, JsonNode value, boolean formats) {
    return schemas
        .getSchema(SchemaLocation.of(ID + "#" + pointer))
        .validate(
            value,
            (ExecutionContext context) ->
                context.executionConfig(config -> config.formatAssertionsEnabled(formats)));
  }

  /** The pointer to the operation, the most specific path first. */
  private Optional<String> operation(Call call) {
    PathContainer path = PathContainer.parsePath(call.path());
    String method = call.method();
    boolean known = method.equals(method.toUpperCase(ROOT)); // a method's case counts
    String operation = method.equals("HEAD") ? "get" : known ? method.toLowerCase(ROOT) : "none";
    return document.path("paths").propertyNames().stream()
        .map(PathPatternParser.defaultInstance::parse)
        .filter(pattern -> pattern.matches(path))
        .min(Comparator.naturalOrder())
        .map(pattern -> "/paths/" + escape(pattern.getPatternString()) + "/" + operation)
        .filter(pointer -> !document.at(pointer).isMissingNode());
  }

  private JsonNode resolve(String pointer) {
    return follow(document.at(pointer));
  }

  /** What {@code node} is, or what its {@code $ref} points to. */
  public JsonNode follow(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
  }

  /** The JSON pointer to what is at {@code at}, or to what its {@code $ref} points to. */
  public String pointer(String at) {
    JsonNode node = document.at(at);
    return node.has("$ref") ? node.path("$ref").asString().substring(1) : at;
  }

  /** A name as one step of a JSON pointer. */
  public static String escape(String segment) {
    return segment.replace("~", "~0").replace("/", "~1");
  }
}
