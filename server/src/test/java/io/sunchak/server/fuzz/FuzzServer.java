package io.sunchak.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.server.endtoend.BothSides;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.Poison;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A server on engines of its own, since the fuzzer acts on all campaigns and failures there are. It
 * limits nobody, so that each request reaches what it is about.
 */
final class FuzzServer implements AutoCloseable {
  private static final String FAILING = "failing";
  private static final int FAILURES = 9;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String UNLIMITED = "1000000000";

  private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
  private final EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
  private final LiveServer server =
      LiveServer.start(
          engines,
          Map.of(
              "sunchak.limits.user-burst", UNLIMITED,
              "sunchak.limits.user-per-second", UNLIMITED,
              "sunchak.limits.address-burst", UNLIMITED,
              "sunchak.limits.address-per-second", UNLIMITED));
  private final BothSides sides = BothSides.of(engines);
  private final Api api = new Api(server);

  Api api() {
    return api;
  }

  BothSides sides() {
    return sides;
  }

  /** Makes some failures that can be replayed; their ids, and those of some that do not exist. */
  List<String> keepFailures() {
    api.create(FAILING, null);
    try (var _ = Poison.of(engines, new CampaignId(FAILING), "bad-%")) {
      for (int i = 1; i <= FAILURES; i++) {
        api.issue(FAILING, "bad-" + i).is(202);
      }
      await("the ledger has refused them")
          .atMost(PATIENCE)
          .until(() ->
              api.admin(Call.get("/api/v1/admin/failures")).json().path("items").size()
                  == FAILURES);
    }
    return IntStream.rangeClosed(1, FAILURES + 2).mapToObj(i -> FAILING + ":" + i).toList();
  }

  /** Names below {@code /assets}, of which the last does not exist. */
  List<String> files() {
    String page = api.get("/").is(200).text();
    List<String> found =
        Pattern.compile("assets/([\\w.-]+)")
            .matcher(page)
            .results()
            .map(one -> one.group(1))
            .toList();
    assertThat(found).isNotEmpty();
    return Stream.concat(found.stream(), Stream.of("none.js")).toList();
  }

  @Override
  public void close() {
    sides.close();
    server.close();
    engines.close();
    data.close();
  }
}
