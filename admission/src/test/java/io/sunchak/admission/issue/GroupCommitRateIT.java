package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Stock;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What group commit brings: issues per second, each fsynced, from one client and from many. Prints
 * a line and asserts nothing of speed. {@code -Dsunchak.rate.seconds=20} makes it last longer.
 */
@ExtendWith(EnginesExtension.class)
final class GroupCommitRateIT {
  private static final Duration LASTING =
      Duration.ofSeconds(Integer.getInteger("sunchak.rate.seconds", 1));
  private static final int MANY = 512;

  @Test
  void one_client_and_many_clients_are_measured(EmbeddedEngines engines) {
    try (RedisStage stage = new RedisStage(1, RedisNode.Settings.of(engines.redisServerUri()))) {
      stage
          .ledger()
          .reach()
          .interfere(step -> {
            if (step.call().equals("append")) {
              throw new LedgerException("the drain is not measured", null);
            }
          });
      rate(stage, MANY); // warms up
      long single = rate(stage, 1);
      long grouped = rate(stage, MANY);
      System.out.printf(
          "group commit, %s: %,d issues/s from 1 client, %,d from %d: %.0f times%n",
          engines.redis().describe(), single, grouped, MANY, (double) grouped / single);
      assertThat(single).isPositive();
      assertThat(grouped).isPositive();
    }
  }

  private static long rate(RedisStage stage, int clients) {
    Campaign campaign = Campaigns.in(Campaigns.OPEN, Stock.unlimited());
    stage.create(campaign);
    AtomicLong accepted = new AtomicLong();
    Phaser ending = new Phaser(1);
    long start = System.nanoTime();
    for (int client = 0; client < clients; client++) {
      String name = "client-" + client + "-";
      ending.register();
      Thread.startVirtualThread(() -> {
        try {
          for (int i = 0; System.nanoTime() - start < LASTING.toNanos(); i++) {
            IssueRequest request = new IssueRequest(campaign.id(), new UserId(name + i));
            if (stage.issuer().issue(request).toCompletableFuture().join()
                instanceof IssueOutcome.Accepted) {
              accepted.incrementAndGet();
            }
          }
        } finally {
          ending.arriveAndDeregister();
        }
      });
    }
    ending.arriveAndAwaitAdvance();
    long nanos = System.nanoTime() - start;
    assertThat(stage.keyspace().facts(campaign.id()).orElseThrow().sequence())
        .isEqualTo(accepted.get());
    return accepted.get() * TimeUnit.SECONDS.toNanos(1) / nanos;
  }
}
