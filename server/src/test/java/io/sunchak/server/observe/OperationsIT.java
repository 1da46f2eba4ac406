package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a node shows to those who run it. */
@ExtendWith(ServerExtension.class)
class OperationsIT {

  @Test
  void health_tells_of_both_engines_and_nothing_about_the_machine(Api api) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.get("/actuator/health/readiness").status() == 200);

    JsonNode health = api.get("/actuator/health").is(200).json();

    assertThat(health.path("components").propertyNames())
        .containsExactlyInAnyOrder("admission", "ledger", "livenessState", "readinessState");
    api.get("/actuator/health/liveness").is(200);
  }

  /** In the form that the OpenAPI file has. */
  @ParameterizedTest
  @ValueSource(strings = {"application/xml", "application/json;q=0", "*/*;q=x", "text/html"})
  void whatever_is_accepted_health_and_metrics_are_told(String accepted, Api api) {
    for (String path : List.of("/actuator/health/liveness", "/actuator/prometheus")) {
      api.admin(Call.get(path).with("Accept", accepted)).is(200);
    }
  }

  /** RFC 9110, 12.5.1: a server may answer in a form that was not asked for, and then says so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/openmetrics-text;version=1.0.0",
        "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
        "text/plain;version=0.0.4"
      })
  void metrics_come_in_the_form_that_their_content_type_names(String accepted, Api api) {
    Answer answer = api.admin(Call.get("/actuator/prometheus").with("Accept", accepted)).is(200);

    assertThat(answer.header("Content-Type")).startsWith("text/plain;version=0.0.4");
    assertThat(answer.text()).contains("# TYPE ").doesNotContain("# EOF");
  }

  @Test
  void one_issue_shows_in_the_metrics(Api api) {
    api.create("measured", 1);
    api.issue("measured", "u1").is(202);
    api.issue("measured", "u1").is(200);
    api.issue("measured", "u2").is(409, "SOLD_OUT");

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(metrics(api))
                .anyMatch(line -> line.matches("sunchak_drain_rows_total [1-9].*")));
    List<String> lines = metrics(api);
    for (String outcome : List.of("ACCEPTED", "ALREADY", "SOLD_OUT")) {
      assertThat(lines)
          .anyMatch(
              line -> line.startsWith("sunchak_issue_seconds_count{outcome=\"" + outcome + "\"}"))
          .anyMatch(line ->
              line.startsWith("sunchak_issue_seconds_bucket{outcome=\"" + outcome + "\",le="));
    }
    for (String name :
        List.of(
            "sunchak_backlog",
            "sunchak_drain_lag_seconds",
            "sunchak_drain_batch_size_count",
            "sunchak_drain_batch_size_max",
            "sunchak_failures_total")) {
      assertThat(lines).as(name).anyMatch(line -> line.startsWith(name + " "));
    }
  }

  @Test
  void no_metric_names_a_user_or_a_campaign(Api api) {
    api.create("unnamed-campaign", 1);
    api.issue("unnamed-campaign", "unnamed-user").is(202);

    assertThat(metrics(api)).noneMatch(line -> line.contains("unnamed-"));
  }

  private static List<String> metrics(Api api) {
    return api.admin(Call.get("/actuator/prometheus")).is(200).text().lines().toList();
  }
}
