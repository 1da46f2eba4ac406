package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.http.Code;
import io.sunchak.server.observe.Exposition.Metric;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.Poison;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The metrics of {@code docs/operations.md}, in both languages, are those that a server exposes
 * after traffic and faults, with type and labels; and what watches a server uses no others.
 */
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedMetricsIT {
  private static final String CAMPAIGN = "documented-metrics";

  private static final Pattern DOCUMENTED = Pattern.compile("`(sunchak_\\w+)(?:\\{([\\w,]+)})?`");
  private static final Pattern USED = Pattern.compile("\\b(sunchak_[a-z_]+)(?:\\{([^}]*)})?");

  /** A label and what it must be; in JSON a quotation mark is escaped. */
  private static final Pattern CONDITION = Pattern.compile("(\\w+)=~?\\\\?\"([^\"\\\\]*)");

  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

  @AutoClose private final LiveServer server;
  private final Api api;
  private final EmbeddedEngines engines;
  private Exposition exposed = Exposition.of("");

  DocumentedMetricsIT(EmbeddedEngines engines) {
    this.engines = engines;
    server = LiveServer.start(engines);
    api = new Api(server);
  }

  @BeforeAll
  void traffic_and_faults() {
    api.create(CAMPAIGN, 2);
    api.issue(CAMPAIGN, "good").is(202);
    api.send(Call.post(Api.CAMPAIGNS + "/" + CAMPAIGN + "/issues")).is(401);
    server.bean(LoopErrors.class).onSurprise("a-loop", new IllegalStateException("a defect"));
    try (var _ = Poison.of(engines, new CampaignId(CAMPAIGN), "bad%")) {
      api.issue(CAMPAIGN, "bad").is(202);
      api.issue(CAMPAIGN, "late").is(409, "SOLD_OUT");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            String text = api.admin(Call.get("/actuator/prometheus")).is(200).text();
            assertThat(text).containsPattern("sunchak_failures_open [1-9]").contains("SOLD_OUT");
            exposed = Exposition.of(text);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"operations.md", "operations.ko.md"})
  void what_is_documented_is_exposed_and_the_reverse(String page) throws IOException {
    assertThat(exposed.metrics()).containsExactlyInAnyOrderElementsOf(documented(page));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"prometheus/alerts.yaml", "prometheus/alerts-test.yaml", "grafana/sunchak.json"})
  void what_watches_a_server_uses_metrics_that_it_exposes(String file) throws IOException {
    Matcher used = USED.matcher(Files.readString(Path.of("..", "operations").resolve(file)));
    List<String> all = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    while (used.find()) {
      all.add(used.group());
      if (!isExposed(used.group(1), used.group(2) == null ? "" : used.group(2))) {
        unknown.add(used.group());
      }
    }
    assertThat(all).hasSizeGreaterThan(8);
    assertThat(unknown).isEmpty();
  }

  private boolean isExposed(String sample, String conditions) {
    return exposed.has(sample)
        && CONDITION
            .matcher(conditions)
            .results()
            .filter(condition -> !OF_PROMETHEUS.contains(condition.group(1)))
            .allMatch(condition -> isKnown(sample, condition.group(1), condition.group(2)));
  }

  /** An outcome shows when it first occurs. */
  private boolean isKnown(String sample, String label, String value) {
    Set<String> values = exposed.values(sample, label);
    return !values.isEmpty()
        && Stream.of(value.split("\\|"))
            .allMatch(one -> values.contains(one) || (label.equals("outcome") && isOutcome(one)));
  }

  private static boolean isOutcome(String value) {
    return value.equals("ISSUED")
        || Stream.of(Code.values()).anyMatch(code -> code.name().equals(value));
  }

  private static List<Metric> documented(String page) throws IOException {
    List<Metric> found = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", page))) {
      String[] cells = line.split("\\|", -1);
      if (line.startsWith("| `sunchak_")) {
        String[] types = cells[2].strip().split(", ", -1);
        Matcher name = DOCUMENTED.matcher(cells[1]);
        for (int i = 0; name.find(); i++) {
          Set<String> labels = name.group(2) == null ? Set.of() : Set.of(name.group(2).split(","));
          found.add(new Metric(name.group(1), types[i], labels));
        }
      }
    }
    return found;
  }
}
