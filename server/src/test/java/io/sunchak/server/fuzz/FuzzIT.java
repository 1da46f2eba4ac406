package io.sunchak.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.server.testing.HeardLog;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Requests and byte streams that a seed makes, beside an issue load: none makes the server fail,
 * hang, answer what the OpenAPI file does not have, or log an exception. {@code -Dsunchak.fuzz=n}
 * sends n requests and a 25th as many streams; {@code -Dsunchak.fuzz.seed=s} begins with the case
 * of this seed, as a finding names it.
 */
@Timeout(3_600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzIT {
  private static final int REQUESTS = Integer.getInteger("sunchak.fuzz", 5_000);
  private static final long SEED =
      Long.getLong("sunchak.fuzz.seed", ThreadLocalRandom.current().nextInt(1_000_000_000));

  private static final int STREAMS = Math.max(1, REQUESTS / 25);

  /** At 100 issues a second it lasts for about the half of a run. */
  private static final int STOCK = Math.max(100, REQUESTS / 5);

  /** From so many requests on, chance leaves no operation out. */
  private static final int MANY = 5_000;

  /** A server that closes at broken HTTP may take back its last answers. */
  private static final double MOST_ANSWERED = 0.9;

  private final FuzzServer server = new FuzzServer();

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void requests_are_answered_as_the_openapi_file_says() throws Exception {
    FuzzFindings findings = new FuzzFindings();
    RequestRun run = new RequestRun(server.api(), server.keepFailures(), server.files(), findings);
    beside("beside-requests", findings, () -> run.send(SEED, REQUESTS));
    if (REQUESTS >= MANY) {
      assertThat(run.unseen()).as("operations not both done and refused").isEmpty();
    }
  }

  @Test
  void streams_get_no_answer_that_was_not_asked_and_end() throws Exception {
    String campaign = "streams";
    server.api().create(campaign, null);
    FuzzFindings findings = new FuzzFindings();
    StreamRun run = new StreamRun(server.api().server(), campaign, findings);
    beside("beside-streams", findings, () -> run.send(SEED, STREAMS));
    System.out.printf("answered of what was unharmed: %.3f%n", run.answered());
    assertThat(run.answered()).as("answered of what was unharmed").isGreaterThan(MOST_ANSWERED);
    assertThat(server.sides().drained(new CampaignId(campaign)).rows())
        .extracting(Coupon::user)
        .hasSizeGreaterThanOrEqualTo(REQUESTS >= MANY ? 1 : 0)
        .noneMatch(user -> user.startsWith(Streams.SMUGGLED));
  }

  private interface Work {
    void run() throws Exception;
  }

  private void beside(String campaign, FuzzFindings findings, Work fuzz) throws Exception {
    try (HeardLog log = new HeardLog();
        IssueLoad load = new IssueLoad(server.api(), campaign, STOCK)) {
      long began = System.nanoTime();
      fuzz.run();
      System.out.printf(
          "fuzz from seed %d: %d findings in %.1f s%n",
          SEED, findings.count(), (System.nanoTime() - began) / 1e9);
      assertThat(findings.shown()).as("%d findings", findings.count()).isEmpty();
      assertThat(defects(log)).as("logged, from seed %d on", SEED).isEmpty();
      load.judge(server.sides());
    }
  }

  /** Errors, and whatever comes with a stack trace; other lines are the server's business. */
  private static List<String> defects(HeardLog log) {
    return log.entries(event ->
        event.getLevel().isGreaterOrEqual(Level.ERROR) || event.getThrowableProxy() != null);
  }
}
