package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.DocsTable;
import io.sunchak.server.testing.DocsTable.Cell;
import io.sunchak.server.testing.OpenApi;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each field and each act in each state, as the table in {@code docs/api.md} promises it: what is
 * accepted is shown <em>and</em> decides, what is refused leaves no trace.
 */
@ExtendWith(ServerExtension.class)
class ChangesByStateIT {
  private static final String PAST = "2020-06-01T00:00:00Z";
  private static final String AHEAD = "2098-01-01T00:00:00Z";
  private static final String END = "2099-01-01T00:00:00Z";
  private static final String VALIDITY = "2096-01-01T00:00:00Z";
  private static final Map<String, Object> GOLD = Map.of("claim", "tier", "in", List.of("gold"));
  private static final int GIVEN = 2;
  private static final Set<String> NONE_GIVEN = Set.of("SCHEDULED", "OPEN, none given");

  /** Fields of a change that only say which campaign was read. */
  private static final Set<String> AS_READ =
      Set.of("id", "version", "state", "remaining", "issued", "serverTime");

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Api api;
  private final String id = "by-state-" + NUMBER.incrementAndGet();

  ChangesByStateIT(Api api) {
    this.api = api;
  }

  static Stream<Cell> cells() {
    return DocsTable.readBy(ChangesByStateIT.class).cells();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void is_answered_as_the_table_says(Cell cell) {
    bring(cell.column(), fieldsBefore(cell.row()));
    JsonNode before = shown();
    int acts = acts();

    Answer answer = change(cell.row(), before);

    String[] words = cell.text().split(" ", 2);
    boolean changes = cell.text().equals("200");
    if (words[0].equals("200")) {
      answer.is(200);
    } else {
      answer.is(Integer.parseInt(words[0]), words[1]);
    }
    JsonNode after = shown();
    assertThat(after.equals(before)).as("%s, then %s", before, after).isEqualTo(!changes);
    assertThat(acts() - acts).as("lines in the audit").isEqualTo(changes ? 1 : 0);
    assertThat(after.path("version").asLong() - before.path("version").asLong())
        .isEqualTo(changes ? 1 : 0);
    assertThat(decided()).as("what is shown is what decides").isEqualTo(stateOf(after));
  }

  /** A field that a newer version has gets its rows, too. */
  @Test
  void each_field_that_can_be_changed_has_a_row() {
    Set<String> fields = new TreeSet<>();
    OpenApi.get()
        .document()
        .at("/components/schemas/CampaignChange/properties")
        .propertyNames()
        .forEach(fields::add);
    fields.removeAll(AS_READ);
    assertThat(cells().map(cell -> cell.row().split(" ", 2)[0])).containsAll(fields);
  }

  private void bring(String state, Map<String, @Nullable Object> fields) {
    if (state.equals("SCHEDULED")) {
      api.create(id, 5, AHEAD, END);
    } else {
      api.create(id, state.equals("SOLD_OUT") ? GIVEN : 5, "2020-01-01T00:00:00Z", AHEAD);
    }
    if (!fields.isEmpty()) {
      api.patch(id, fields).is(200);
    }
    if (!NONE_GIVEN.contains(state)) {
      for (int i = 0; i < GIVEN; i++) {
        issue("holder-" + i).is(202);
      }
    }
    switch (state) {
      case "PAUSED" -> api.ask("pause", id).is(200);
      case "CLOSED" -> api.ask("close", id).is(200);
      case "ended" -> api.patch(id, Map.of("closesAt", PAST)).is(200);
      default -> {}
    }
  }

  /** What the campaign was made with, where the change is one from there. */
  private static Map<String, @Nullable Object> fieldsBefore(String change) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    switch (change) {
      case "totalStock unlimited to limited" -> fields.put("totalStock", null);
      case "eligibility from one to none" -> fields.put("eligibility", GOLD);
      case "codes from GENERATED to NONE" -> fields.put("codes", "GENERATED");
      case "couponValidFrom from a time to none" -> fields.put("couponValidFrom", VALIDITY);
      case "couponValidUntil from a time to none" -> fields.put("couponValidUntil", VALIDITY);
      case "couponValidFor from a duration to none" -> fields.put("couponValidFor", "P14D");
      default -> {}
    }
    return fields;
  }

  private Answer change(String what, JsonNode before) {
    return switch (what) {
      case "name" -> patch("name", "Renamed");
      case "totalStock raised" -> patch("totalStock", 6);
      case "totalStock lowered to what is given, or more" -> patch("totalStock", GIVEN);
      case "totalStock lowered below what is given" -> patch("totalStock", GIVEN - 1);
      case "totalStock limited to unlimited" -> patch("totalStock", null);
      case "opensAt to a later time, ahead" ->
          opening("2098-06-01T00:00:00Z", before.path("closesAt").asString());
      case "opensAt to an earlier time, past" -> patch("opensAt", "2019-01-01T00:00:00Z");
      case "closesAt to a later time, ahead" -> patch("closesAt", "2100-01-01T00:00:00Z");
      case "closesAt to an earlier time" ->
          patch(
              "closesAt",
              stateOf(before).equals("SCHEDULED")
                  ? "2098-02-01T00:00:00Z"
                  : "2020-03-01T00:00:00Z");
      case "totalStock unlimited to limited" -> patch("totalStock", 5);
      case "eligibility from none to one" -> patch("eligibility", GOLD);
      case "eligibility from one to none" -> patch("eligibility", null);
      case "codes from NONE to GENERATED" -> patch("codes", "GENERATED");
      case "codes from GENERATED to NONE" -> patch("codes", "NONE");
      case "couponValidFrom from none to a time" -> patch("couponValidFrom", VALIDITY);
      case "couponValidFrom from a time to none" -> patch("couponValidFrom", null);
      case "couponValidUntil from none to a time" -> patch("couponValidUntil", VALIDITY);
      case "couponValidUntil from a time to none" -> patch("couponValidUntil", null);
      case "couponValidFor from none to a duration" -> patch("couponValidFor", "P14D");
      case "couponValidFor from a duration to none" -> patch("couponValidFor", null);
      case "all fields as they are" -> api.patch(id, fields(before));
      default -> api.ask(what, id);
    };
  }

  /** A window stays one: where it ends before, its end is moved along. */
  private Answer opening(String opensAt, String closesAt) {
    return closesAt.compareTo(opensAt) > 0
        ? patch("opensAt", opensAt)
        : api.patch(id, Map.of("opensAt", opensAt, "closesAt", END));
  }

  private Answer patch(String field, @Nullable Object value) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put(field, value);
    return api.patch(id, fields);
  }

  private static Map<String, Object> fields(JsonNode shown) {
    Map<String, Object> fields = new HashMap<>();
    for (String field : new String[] {"name", "opensAt", "closesAt"}) {
      fields.put(field, shown.path(field).asString());
    }
    fields.put("totalStock", shown.path("totalStock").asInt());
    return fields;
  }

  private JsonNode shown() {
    ObjectNode view = (ObjectNode) api.campaign(id);
    view.remove("serverTime");
    return view;
  }

  private int acts() {
    return api.admin(Call.get("/api/v1/admin/audit?campaign=" + id)).json().path("items").size();
  }

  private static String stateOf(JsonNode shown) {
    return shown.path("state").asString();
  }

  /** The state, as one who has no coupon yet is answered, and meets each eligibility. */
  private String decided() {
    Answer answer = issue("somebody");
    String code = answer.status() == 202 ? "OPEN" : answer.json().path("code").asString();
    return code.equals("NOT_OPEN") ? "SCHEDULED" : code;
  }

  private Answer issue(String user) {
    String gold =
        api.server()
            .signer()
            .sign(user, List.of(), Map.of("tier", List.of("gold")), Duration.ofHours(1));
    return api.send(Call.post(Api.CAMPAIGNS + "/" + id + "/issues").as(gold));
  }
}
