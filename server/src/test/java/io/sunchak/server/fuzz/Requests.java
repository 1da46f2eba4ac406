package io.sunchak.server.fuzz;

import io.sunchak.server.fuzz.FuzzRequest.Framing;
import io.sunchak.server.fuzz.FuzzRequest.Rule;
import io.sunchak.server.http.Code;
import io.sunchak.server.testing.OpenApi;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes one request from the OpenAPI file: one in three as the file allows, the others with one to
 * three things changed. The same seed makes the same request, but for the names of the world.
 */
final class Requests {
  private static final OpenApi FILE = OpenApi.get();
  private static final List<String> OPERATIONS = List.copyOf(FILE.calls());

  /** What is certainly a path and query by RFC 3986. */
  private static final String PLAIN_TARGET =
      "/([A-Za-z0-9/?:@!$&'()*+,;=._~-]++|%[0-9a-fA-F]{2})*+";

  private static final String LINES = "application/x-ndjson";

  private final long seed;
  private final World world;
  private final Dice dice;
  private final String operation;
  private final String path;
  private final String pointer;
  private final JsonNode definition;
  private final boolean takesBody;
  private final RequestBodies bodies;
  private final List<String> headers = new ArrayList<>();
  private final List<String> query = new ArrayList<>();
  private final Set<Code> refusals = EnumSet.noneOf(Code.class);
  private String method;
  private String target;
  private String tail = "";
  private String version = "HTTP/1.1";
  private String host = "a";
  private List<String> authorization;
  private String body = "";
  private Framing framing = Framing.NONE;
  private boolean moved;
  private boolean stranger;

  private Requests(long seed, World world) {
    this.seed = seed;
    this.world = world;
    dice = new Dice(seed);
    operation = dice.any(OPERATIONS);
    method = operation.substring(0, operation.indexOf(' '));
    path = operation.substring(operation.indexOf(' ') + 1);
    pointer = "/paths/" + OpenApi.escape(path) + "/" + method.toLowerCase(Locale.ROOT);
    definition = FILE.document().at(pointer);
    takesBody = definition.has("requestBody");
    boolean lines = definition.at("/requestBody/content").has(LINES);
    String type = lines ? LINES : "application/json";
    String schema = pointer + "/requestBody/content/" + OpenApi.escape(type) + "/schema";
    bodies = lines ? new LineBodies(schema, world, dice) : new Bodies(schema, world, dice);
    target = filled();
    authorization = List.of(isForAdmins() ? Tokens.admin(world.admin()) : user());
    if (takesBody) {
      body = bodies.valid();
      framing = dice.oneIn(5) ? Framing.CHUNKED : Framing.LENGTH;
      headers.add("Content-Type: " + type);
    }
    definition.path("parameters").forEach(each -> give(FILE.follow(each)));
  }

  static FuzzRequest of(long seed, World world) {
    Requests draft = new Requests(seed, world);
    int changes = draft.dice.oneIn(3) ? 0 : 1 + draft.dice.below(3);
    for (int i = 0; i < changes; i++) {
      draft.change();
    }
    return draft.done(changes == 0);
  }

  private String filled() {
    String campaign = world.campaign(dice);
    return path.replace("/failures/{id}", "/failures/" + dice.any(world.failures()))
        .replace("/redemptions/{id}", "/redemptions/" + world.redemption(dice))
        .replace("{sequence}", Integer.toString(1 + dice.below(9)))
        .replace("{id}", campaign)
        .replace("{userId}", world.user(dice))
        .replace("{runId}", "5c9f9a39-3c38-4bb6-9d0f-7d9a5f2f6f0a")
        .replace("{campaign}", campaign)
        .replace("/assets/{file}", "/assets/" + dice.any(world.files()))
        .replace("{file}", dice.any(List.of("index.html", "swagger-ui.css", "favicon-16x16.png")));
  }

  private boolean isForAdmins() {
    return definition.at("/security/0/bearer/0").asString("").equals("admin");
  }

  private boolean isForAnybody() {
    return definition.has("security") && definition.path("security").isEmpty();
  }

  private String user() {
    return Tokens.user(world.user(dice));
  }

  private void give(JsonNode parameter) {
    String name = parameter.path("name").asString();
    if (parameter.path("in").asString().equals("header")) {
      headers.add(name + ": " + dice.any(List.of("*", "*", "\"1\"", "W/\"1\"", "\"1\", \"2\"")));
    } else if (dice.oneIn(3)) {
      switch (name) {
        case "limit" -> query.add("limit=" + dice.any(List.of(1, 2, 100, 1_000)));
        case "campaign" -> query.add("campaign=" + world.campaign(dice));
        case "state" -> query.add("state=" + dice.any(List.of("OPEN", "DISCARDED", "VOID")));
        case "silent" -> query.add("silent=" + dice.any(List.of("vm:1", "x", "%25", "%EC%BF%A0")));
        case "reason" -> query.add("reason=" + dice.any(List.of("x", "%25", "%EC%BF%A0")));
        case "cursor" -> {
          // comes from a page
        }
        default -> throw new IllegalStateException("no value is known for " + name);
      }
    }
  }

  private void change() {
    switch (dice.below(12)) {
      case 0 -> {
        target = path.replaceAll("\\{[^/]*}", "\0").replace("\0", dice.any(Oddities.SEGMENTS));
        moved = true;
      }
      case 1 -> {
        tail += dice.any(Oddities.ENDS);
        moved = true;
      }
      case 2, 3 -> giveOddly();
      case 4 -> headers.add(dice.any(Oddities.HEADERS));
      case 5 -> {
        method = dice.any(Oddities.METHODS);
        moved = true;
      }
      case 6 -> comeAsStranger();
      case 7, 8 -> changeBody();
      case 9 -> {
        headers.removeIf(line -> line.startsWith("If-Match") && dice.oneIn(2));
        headers.add("If-Match: " + dice.any(Oddities.TAGS));
      }
      case 10 -> breakHttp();
      default -> {
        target = dice.any(Oddities.PATHS);
        moved = true;
      }
    }
  }

  private void giveOddly() {
    List<String> names = new ArrayList<>(List.of("limit", "cursor", "x"));
    for (JsonNode each : definition.path("parameters")) {
      names.add(FILE.follow(each).path("name").asString());
    }
    String name = dice.any(names);
    query.removeIf(each -> each.startsWith(name + "="));
    query.add(name + "=" + dice.any(Oddities.VALUES));
  }

  private void comeAsStranger() {
    boolean user = dice.oneIn(2);
    authorization = user ? List.of(user()) : Tokens.broken(dice);
    stranger = !isForAnybody() && (!user || isForAdmins());
  }

  private void changeBody() {
    body =
        takesBody
            ? bodies.changed()
            : dice.any(List.of("{}", " ", "x", "{\"userId\":\"u2\"}", "\0", "x".repeat(5_000)));
    framing = dice.oneIn(3) ? Framing.CHUNKED : Framing.LENGTH;
  }

  private void breakHttp() {
    switch (dice.below(5)) {
      case 0 -> {
        host = dice.any(Oddities.HOSTS);
        refusals.add(Code.MALFORMED);
      }
      case 1 -> {
        headers.add(dice.below(headers.size() + 1), dice.any(Oddities.BROKEN_HEADERS));
        refusals.add(Code.MALFORMED);
      }
      case 2 ->
          version = dice.any(List.of("HTTP/1.0", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/x"));
      case 3 -> headers.add("X: " + "y".repeat(dice.any(List.of(15_000, 16_384, 17_000))));
      default -> tail += "?x=" + "y".repeat(dice.any(List.of(7_900, 8_192, 9_000)));
    }
  }

  private FuzzRequest done(boolean unchanged) {
    String asked = target + tail;
    if (!query.isEmpty()) {
      asked += (asked.contains("?") ? "&" : "?") + String.join("&", query);
    }
    List<String> lines = new ArrayList<>(List.of("Host: " + host));
    lines.addAll(authorization);
    lines.addAll(headers);
    if (!asked.matches(PLAIN_TARGET)
        || !(version.equals("HTTP/1.1") || version.equals("HTTP/1.0"))
        || method.equals("CONNECT")
        || headers.contains("Expect: 100-continue")
        || (version.equals("HTTP/1.0") && framing == Framing.CHUNKED)) {
      refusals.add(Code.MALFORMED);
    }
    if (asked.contains(";") && asked.startsWith("/actuator/")) {
      // The framework takes a path's parameter for a part of the name that it looks for.
      refusals.add(Code.NOT_FOUND);
    }
    if (asked.length() > 8_000 || String.join("\r\n", lines).length() > 16_000) {
      refusals.add(Code.TOO_LARGE);
    }
    Rule rule = unchanged ? Rule.ALLOWED : isForbidden() ? Rule.FORBIDDEN : Rule.OPEN;
    return new FuzzRequest(
        seed, operation, method, asked, version, lines, body, framing, rule, refusals);
  }

  private boolean isForbidden() {
    boolean noBody = !takesBody && method.equals("POST") && !body.isEmpty();
    boolean badBody = takesBody && bodies.isForbidden(body);
    return !moved && (stranger || noBody || badBody || isQueryForbidden());
  }

  /** By the parameters that the operation has, each given once. */
  private boolean isQueryForbidden() {
    for (int i = 0; tail.isEmpty() && i < definition.path("parameters").size(); i++) {
      String at = FILE.pointer(pointer + "/parameters/" + i);
      String start = FILE.document().at(at).path("name").asString() + "=";
      for (String given : query) {
        if (given.startsWith(start)
            && FILE.isForbidden(at + "/schema", value(given.substring(start.length()), at))) {
          return true;
        }
      }
    }
    return false;
  }

  private static JsonNode value(String encoded, String at) {
    String value = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    boolean number = FILE.document().at(at + "/schema/type").asString("").equals("integer");
    return number && value.matches("[0-9]{1,40}")
        ? BigIntegerNode.valueOf(new BigInteger(value))
        : StringNode.valueOf(value);
  }
}
