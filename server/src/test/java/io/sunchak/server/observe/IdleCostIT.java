package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.LiveServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What thousands of campaigns cost, in questions to the engines. On engines of its own, which
 * nobody else asks. Their processor time: {@link IdleProcessorIT}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class IdleCostIT {
  private static final String READINESS = "/actuator/health/readiness";
  private static final int OPEN = 10_000;
  private static final int CLOSED = 1_000;
  private static final int IDLE_ONES = 10;
  private static final int DEATHS = 5;
  private static final Duration BACK = Duration.ofSeconds(3);
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
  private final EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
  private final LiveServer server = LiveServer.start(engines);
  private final Api api = new Api(server);
  private final ManyCampaigns many = new ManyCampaigns(engines);

  IdleCostIT() throws SQLException {
    openAShopOfYears();
  }

  /** What the engines were asked in a while. */
  private record Cost(double commands, double transactions, double seconds) {}

  private void openAShopOfYears() throws SQLException {
    many.createOpened("open", OPEN);
    many.create("over", CLOSED, "CLOSED");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> many.ask("SELECT count(*) FROM campaign WHERE resyncing") == 0);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> many.ask("SELECT count(*) FROM campaign WHERE NOT ended") == OPEN);
    // Until those that are open have had their first look, and those that are shown the comparison.
    await().atMost(PATIENCE).until(() -> idle(WINDOW).transactions() < 20 * WINDOW.toSeconds());
  }

  @AfterAll
  void close() throws SQLException {
    many.close();
    server.close();
    engines.close();
    data.close();
  }

  @Test
  @Order(1)
  void a_campaign_that_nobody_asks_for_costs_its_share_of_a_look_at_many() {
    Cost idle = idle(WINDOW);

    assertSoftly(soft -> {
      soft.assertThat(idle.commands() / idle.seconds()).as("commands a second").isLessThan(1_500);
      soft.assertThat(idle.transactions() / idle.seconds())
          .as("transactions a second")
          .isLessThan(25);
    });
  }

  @Test
  @Order(2)
  void a_list_of_them_is_read_once_a_second_however_many_ask() {
    int requests = 400;
    Cost reads =
        during(() -> atOnce(requests, i -> api.get(Api.CAMPAIGNS + "?limit=1000").is(200)));

    // Two looks of the drain and the serving loop, one of the board, each second.
    assertSoftly(soft -> {
      soft.assertThat(reads.commands())
          .as("commands for %d requests in %.1f s", requests, reads.seconds())
          .isLessThan((reads.seconds() + 2) * 4 * OPEN);
      soft.assertThat(reads.transactions())
          .as("transactions for %d requests in %.1f s", requests, reads.seconds())
          .isLessThan((reads.seconds() + 2) * 35);
    });
  }

  @Test
  @Order(3)
  void what_is_no_campaign_is_found_out_by_the_hundred_and_a_new_one_does_not_wait_for_it() {
    int strangers = 3_000;
    Cost found =
        during(() ->
            atOnce(
                strangers,
                i -> assertThat(api.issue("no-such-" + i, "u" + i).status()).isIn(404, 503)));
    assertThat(found.transactions())
        .as("transactions for %d names in %.1f s", strangers, found.seconds())
        .isLessThan(strangers / 4.0 + found.seconds() * 35);
  }

  /** Waits for a death after which it is so: a machine with much else to do takes longer. */
  @Test
  @Order(4)
  void after_the_death_of_redis_every_campaign_is_soon_back_and_ready_means_ready() {
    api.issue(ManyCampaigns.id("open", OPEN), "before").is(202);
    List<Duration> seen = new ArrayList<>();
    Duration back = PATIENCE;
    for (int i = 0; i < DEATHS && back.compareTo(BACK) > 0; i++) {
      back = backAfterADeath("after-" + i);
      seen.add(back);
    }
    System.out.printf("back after the death of Redis, %,d campaigns: %s%n", OPEN, seen);
    assertThat(back).as("after %s", seen).isLessThanOrEqualTo(BACK);
  }

  private Duration backAfterADeath(String user) {
    long killed = System.nanoTime();
    ProcessHandle.of(engines.redis().pid()).orElseThrow().destroyForcibly();
    await().atMost(PATIENCE).until(() -> api.get(READINESS).status() == 503);

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> api.get(READINESS).status() == 200);
    // Campaigns from all over, of which nobody wanted anything since.
    for (int i = 1; i <= IDLE_ONES; i++) {
      api.issue(ManyCampaigns.id("open", OPEN * i / IDLE_ONES), user).is(202);
    }
    api.issue(ManyCampaigns.id("open", OPEN), "before").is(200);
    return Duration.ofNanos(System.nanoTime() - killed);
  }

  private Cost idle(Duration time) {
    return during(() -> await().pollDelay(time).atMost(PATIENCE).until(() -> true));
  }

  private Cost during(Runnable work) {
    long commands = many.commands();
    long transactions = many.transactions();
    long from = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - from) / 1e9;
    return new Cost(many.commands() - commands, many.transactions() - transactions, seconds);
  }

  private interface Numbered {
    void accept(int number);
  }

  private static void atOnce(int count, Numbered request) {
    CountDownLatch done = new CountDownLatch(count);
    Queue<AssertionError> wrong = new ConcurrentLinkedQueue<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(32)) {
      IntStream.range(0, count)
          .forEach(i ->
              pool.execute(() -> {
                try {
                  request.accept(i);
                  done.countDown();
                } catch (AssertionError otherwise) {
                  wrong.add(otherwise);
                  done.countDown();
                }
              }));
      assertThat(done.await(5, TimeUnit.MINUTES)).isTrue();
      assertThat(wrong).isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
