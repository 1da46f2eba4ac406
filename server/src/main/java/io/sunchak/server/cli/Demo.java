package io.sunchak.server.cli;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.UserId;
import io.sunchak.server.campaigns.CampaignAdmin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** The three demo campaigns, created once a data directory. Existing ones are not changed. */
final class Demo {
  private static final int SOLD_OUT_STOCK = 10;
  private static final String ACTOR = "sunchak-start";
  private static final Duration A_YEAR = Duration.ofDays(365);

  private final CampaignAdmin admin;
  private final CouponIssuer issuer;
  private final InstantSource clock;

  Demo(CampaignAdmin admin, CouponIssuer issuer, InstantSource clock) {
    this.admin = admin;
    this.issuer = issuer;
    this.clock = clock;
  }

  /** Creates the missing ones and describes all in one line. */
  String seed() {
    Instant now = clock.instant();
    boolean fresh =
        admin.create(
            campaign("demo-chicken", "Fried chicken, half price", 1_000, now.plusSeconds(30)),
            ACTOR);
    admin.create(campaign("demo-coffee", "A coffee on us", 10_000, now), ACTOR);
    if (admin.create(campaign("demo-sold-out", "Gone in a second", SOLD_OUT_STOCK, now), ACTOR)) {
      sellOut();
    }
    return fresh
        ? "seeded: demo-chicken opens in 30 s · demo-coffee open · demo-sold-out"
        : "demo campaigns of an earlier run: demo-chicken · demo-coffee · demo-sold-out";
  }

  private static Campaign campaign(String id, String name, long stock, Instant opens) {
    IssueWindow window = new IssueWindow(opens, opens.plus(A_YEAR));
    return new Campaign(new CampaignId(id), name, Stock.of(stock), window, CampaignState.ACTIVE, 1);
  }

  private void sellOut() {
    CompletableFuture<?>[] issues =
        IntStream.rangeClosed(1, SOLD_OUT_STOCK)
            .mapToObj(
                i -> new IssueRequest(new CampaignId("demo-sold-out"), new UserId("demo" + i)))
            .map(request -> issuer.issue(request).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(issues).get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException later) {
      // A demo campaign that is not sold out yet must not prevent the start.
    }
  }
}
