package io.sunchak.lab.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.lab.strategy.Stack;
import io.sunchak.lab.strategy.Strategy;
import io.sunchak.lab.testing.LabLoad;
import io.sunchak.lab.testing.LabStage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The experiment of the seed: stock 600, far more users at once, over HTTP, into PostgreSQL. */
@ExtendWith(EnginesExtension.class)
final class SeedExperimentIT {
  private static final int STOCK = 600;
  private static final int CONNECTIONS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedEngines engines;

  SeedExperimentIT(EmbeddedEngines engines) {
    this.engines = engines;
  }

  @ParameterizedTest
  @CsvSource({
    "V1, SERVLET, 1000", // a twentieth of the others' rate
    "V3, SERVLET, 10000",
    "V3, REACTIVE, 10000",
    "V4, SERVLET_VIRTUAL, 10000",
    "V4, REACTIVE, 10000",
    "V5, REACTIVE, 10000"
  })
  void exactly_600_of_600_are_issued(Strategy strategy, Stack stack, int users)
      throws InterruptedException {
    Result result = run(strategy, stack, users);
    assertThat(result.accepted()).isEqualTo(STOCK);
    assertThat(result.soldOut()).isEqualTo(users - STOCK);
    assertThat(result.rows()).isEqualTo(STOCK);
  }

  @ParameterizedTest
  @CsvSource({"V2, SERVLET, 10000"})
  void more_than_600_of_600_are_issued(Strategy strategy, Stack stack, int users)
      throws InterruptedException {
    Result result = run(strategy, stack, users);
    assertThat(result.accepted()).isGreaterThan(STOCK);
    assertThat(result.rows()).isEqualTo(result.accepted());
  }

  private record Result(long accepted, long soldOut, long rows) {}

  private Result run(Strategy strategy, Stack stack, int users) throws InterruptedException {
    String id = "seed-" + UUID.randomUUID();
    try (LabServer server = LabServer.start(LabStage.settings(engines, strategy, stack), 0);
        LabLoad load = new LabLoad(server.port())) {
      assertThat(load.create(id, STOCK)).isEqualTo(201);
      long started = System.nanoTime();
      List<Integer> statuses = load.everybody(id, users, CONNECTIONS);
      double seconds = (System.nanoTime() - started) / 1e9;
      long accepted = statuses.stream().filter(status -> status == 202).count();
      long soldOut = statuses.stream().filter(status -> status == 409).count();
      await().atMost(PATIENCE).until(() -> load.rows(id) >= accepted);
      System.out.printf(
          "%s on %s: %d users, %d accepted of %d, %.0f answers/s%n",
          strategy, stack.label(), users, accepted, STOCK, users / seconds);
      return new Result(accepted, soldOut, load.rows(id));
    }
  }
}
