package io.sunchak.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SummaryTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<JsonNode> runs = new ArrayList<>();

  @Test
  void the_median_stands_between_the_least_and_the_most() {
    run("V3", "accept", 300, "ok");
    run("V3", "accept", 100, "ok");
    run("V3", "accept", 200, "ok");
    JsonNode one = summary("V3", "accept");
    assertThat(one.path("acceptedPerSecond").asDouble()).isEqualTo(200);
    assertThat(one.path("acceptedMin").asDouble()).isEqualTo(100);
    assertThat(one.path("acceptedMax").asDouble()).isEqualTo(300);
    assertThat(one.path("runs").asInt()).isEqualTo(3);
    assertThat(one.path("judge").asString()).isEqualTo("ok");
  }

  @Test
  void what_is_stored_is_held_against_copy_into_the_table_as_it_is_and_as_it_was() {
    stored("ceiling-copy", 100);
    stored("ceiling-copy-regex", 40);
    stored("V6", 60);
    JsonNode drain = summary("V6", "drain");
    assertThat(drain.path("copyRatio").asDouble()).isEqualTo(0.6);
    assertThat(drain.path("copyRegexRatio").asDouble()).isEqualTo(1.5);
    run("V6", "accept", 5, "ok");
    assertThat(summary("V6", "accept").path("copyRatio").isNull()).isTrue();
  }

  private void stored(String target, int perSecond) {
    runs.add(
        JSON.readTree(
            """
            {"target":"%s","experiment":"drain","storedPerSecond":%d,"judge":"ok"}
            """
                .formatted(target, perSecond)));
  }

  @Test
  void it_says_where_and_when_it_was_made() {
    runs.add(
        JSON.readTree(
            """
            {"target":"V3","experiment":"accept","commit":"0ddba11","startedAt":"2026-11-25T20:39:05Z","machine":{"cores":2}}
            """));
    JsonNode one = summary("V3", "accept");
    assertThat(one.path("commit").asString()).isEqualTo("0ddba11");
    assertThat(one.path("startedAt").asString()).isEqualTo("2026-11-25T20:39:05Z");
    assertThat(one.path("machine").path("cores").asInt()).isEqualTo(2);
  }

  @Test
  void of_an_even_number_the_median_lies_between_the_two_in_the_middle() {
    assertThat(Summary.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    assertThat(Summary.median(List.of())).isNull();
  }

  @Test
  void one_wrong_count_takes_the_speed_from_all() {
    run("V2", "seed-600", 300, "ok");
    runs.add(
        JSON.readTree(
            """
            {"target":"V2","experiment":"seed-600","acceptedPerSecond":null,"judge":"violated","coupons":651,"stock":600,
             "violations":["I1: 651 rows of 600"]}
            """));
    JsonNode one = summary("V2", "seed-600");
    assertThat(one.path("judge").asString()).isEqualTo("violated");
    assertThat(one.path("acceptedPerSecond").isNull()).isTrue();
    assertThat(one.path("acceptedMax").isNull()).isTrue();
    assertThat(one.path("coupons").asLong()).isEqualTo(651);
    assertThat(one.path("violations").path(0).asString()).contains("651 rows");
  }

  @Test
  void the_worst_count_stands_with_its_own_violation() {
    for (int coupons : List.of(654, 659, 632)) {
      runs.add(
          JSON.readTree(
              """
              {"target":"V2","experiment":"seed-600","judge":"violated","coupons":%1$d,"violations":["I1: %1$d rows of 600"]}
              """
                  .formatted(coupons)));
    }
    JsonNode one = summary("V2", "seed-600");
    assertThat(one.path("coupons").asLong()).isEqualTo(659);
    assertThat(one.path("violations").path(0).asString()).isEqualTo("I1: 659 rows of 600");
  }

  @Test
  void a_speed_is_held_against_the_ceiling_of_its_own_experiment() {
    run("V6", "accept", 250, "ok");
    run("V6", "seed-600", 250, "ok");
    run("ceiling-netty", "accept", 1_000, "none");
    assertThat(summary("V6", "accept").path("ceilingRatio").asDouble()).isEqualTo(0.25);
    assertThat(summary("V6", "seed-600").path("ceilingRatio").isNull()).isTrue();
    assertThat(summary("ceiling-netty", "accept").path("ceilingRatio").asDouble()).isEqualTo(1);
    assertThat(summary("ceiling-netty", "accept").path("judge").asString()).isEqualTo("none");
  }

  private void run(String target, String experiment, double accepted, String judge) {
    runs.add(
        JSON.readTree(
            """
            {"target":"%s","experiment":"%s","acceptedPerSecond":%s,"judge":"%s","violations":[]}
            """
                .formatted(target, experiment, accepted, judge)));
  }

  private JsonNode summary(String target, String experiment) {
    return Summary.of(runs)
        .valueStream()
        .filter(one -> one.path("target").asString().equals(target))
        .filter(one -> one.path("experiment").asString().equals(experiment))
        .findFirst()
        .orElseThrow();
  }
}
