package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.RedemptionLedger;
import io.sunchak.core.ledger.RedemptionLedger.State;
import io.sunchak.core.ledger.RedemptionLedger.Status;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.codes.CouponCodes;
import io.sunchak.server.security.Role;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each coupon is tried by five orders at once through two nodes, of which one is killed in the
 * middle: exactly one order has each coupon. An order that hears nothing asks the other node.
 * {@code -Dsunchak.redemptions=10000} takes so many coupons.
 */
@Timeout(600)
@ExtendWith(ServerExtension.class)
class RedemptionKillIT {
  private static final int COUPONS = Integer.getInteger("sunchak.redemptions", 1_000);
  private static final int ORDERS = 5;
  private static final int COUPONS_AT_ONCE = 16;
  private static final Duration CALL = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final LiveServer living;
  private final String token;
  private final AtomicInteger unanswered = new AtomicInteger();

  RedemptionKillIT(LiveServer living) {
    this.living = living;
    this.token = living.with("orders", Role.ADMIN);
  }

  @Test
  void one_order_has_each_coupon(EmbeddedEngines engines) throws Exception {
    List<String> codes = codes("redeemed-by-five");
    Path home =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/redeemed")), "home-");
    List<Future<Long>> winners = new ArrayList<>();
    try (RunningStart dying =
            RunningStart.on(
                    home.resolve("node").toAbsolutePath(), urls(engines), environment(engines))
                .awaitReady();
        ExecutorService orders = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore places = new Semaphore(COUPONS_AT_ONCE);
      for (String code : codes) {
        places.acquire();
        if (winners.size() == codes.size() / 2) {
          dying.process().kill();
        }
        winners.add(
            orders.submit(() -> {
              try {
                return winners(code, dying.url(), orders);
              } finally {
                places.release();
              }
            }));
      }
      for (Future<Long> one : winners) {
        assertThat(one.get()).isEqualTo(1);
      }
    }
    assertThat(unanswered).as("orders that the dead node did not answer").hasPositiveValue();
    assertThat(statuses("redeemed-by-five")).allMatch(each -> each.state() == State.REDEEMED);
  }

  private List<String> codes(String campaign) {
    Api api = new Api(living);
    api.create(campaign, COUPONS);
    api.patch(campaign, Map.of("codes", "GENERATED")).is(200);
    CouponIssuer issuer = living.bean(CouponIssuer.class);
    CompletableFuture.allOf(
            IntStream.range(0, COUPONS)
                .mapToObj(i -> new UserId("u" + i))
                .map(user -> issuer.issue(new IssueRequest(new CampaignId(campaign), user)))
                .map(stage -> stage.toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            api.admin(Call.get(Api.ADMIN + "/" + campaign + "/issues?cursor=" + (COUPONS - 1)))
                    .json()
                    .path("items")
                    .size()
                == 1);
    CouponCodes codes = living.bean(CouponCodes.class);
    return statuses(campaign).stream()
        .map(status -> codes.of(Objects.requireNonNull(status.code())).orElseThrow())
        .toList();
  }

  private List<Status> statuses(String campaign) {
    List<Status> all =
        living.bean(RedemptionLedger.class).page(new CampaignId(campaign), 0, COUPONS);
    assertThat(all).hasSize(COUPONS);
    return all;
  }

  /** How many of the orders have the coupon; the others heard that another one has. */
  private long winners(String code, URI dying, ExecutorService orders) throws Exception {
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      String order = "{\"code\":\"%s\",\"orderId\":\"order-%d\"}".formatted(code, i);
      URI first = i % 2 == 0 ? dying : living.url();
      answers.add(orders.submit(() -> redeemed(first, order)));
    }
    long won = 0;
    for (Future<Integer> answer : answers) {
      won += answer.get() == 409 ? 0 : 1;
    }
    return won;
  }

  private int redeemed(URI first, String order) throws InterruptedException, IOException {
    HttpResponse<String> answer;
    try {
      answer = http.send(request(first, order), BodyHandlers.ofString());
    } catch (IOException unknown) {
      unanswered.incrementAndGet();
      answer = http.send(request(living.url(), order), BodyHandlers.ofString());
    }
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 409);
    if (answer.statusCode() == 409) {
      assertThat(answer.body()).contains("\"code\":\"REDEEMED\"");
    }
    return answer.statusCode();
  }

  private HttpRequest request(URI server, String order) {
    return HttpRequest.newBuilder(server.resolve("/api/v1/redemptions"))
        .timeout(CALL)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(order))
        .build();
  }

  private static List<String> urls(EmbeddedEngines engines) {
    return List.of("--redis-url", engines.redisServerUri(), "--postgres-url", engines.jdbcUrl());
  }

  private static Map<String, String> environment(EmbeddedEngines engines) {
    return Map.of(
        "SUNCHAK_TOKEN_SECRET",
        LiveServer.TOKEN_SECRET,
        "SUNCHAK_CODES_KEYS_1",
        LiveServer.CODE_SECRET,
        "SUNCHAK_POSTGRES_USER",
        engines.postgresOwner().user(),
        "SUNCHAK_POSTGRES_PASSWORD",
        engines.postgresOwner().password());
  }
}
