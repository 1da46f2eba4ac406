package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.Coupon;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.judge.Invocation;
import io.sunchak.load.ApiClient;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The seed's experiment, over HTTP: 600 coupons, 10,000 users, each pressing twice. */
@Timeout(300)
@ExtendWith(ServerExtension.class)
class SixHundredIT {
  private static final int STOCK = 600;
  private static final int USERS = 10_000;
  private static final Invocation.Result SOLD_OUT = new Invocation.Refused("SOLD_OUT");

  @Test
  void six_hundred_coupons_go_to_six_hundred_users(LiveServer server, EmbeddedEngines engines)
      throws Exception {
    Campaign campaign = Campaigns.open(STOCK);
    try (ApiClient client = new ApiClient(server.url(), 500, Duration.ofSeconds(30));
        BothSides sides = BothSides.of(engines)) {
      Crowd crowd = new Crowd(campaign, server.signer(), List.of(client)).open();
      CompletableFuture<Void> first = crowd.press(1, USERS);
      CompletableFuture<Void> again = crowd.press(1, USERS);
      first.thenCompose(known -> again).get(200, TimeUnit.SECONDS);

      IssueStage.Stored stored = crowd.assertPromiseKept(sides, "none");
      assertThat(stored.rows().stream().map(Coupon::sequence))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, STOCK).boxed().toList());
      Map<String, Set<Invocation.Result>> told = told(crowd);
      assertThat(told).hasSize(USERS);
      assertThat(stored.rows())
          .allSatisfy(row ->
              assertThat(told.get(row.user())).containsOnly(new Invocation.Ok(row.sequence())));
      assertThat(told.values().stream().filter(Set.of(SOLD_OUT)::equals)).hasSize(USERS - STOCK);
    }
  }

  private static Map<String, Set<Invocation.Result>> told(Crowd crowd) {
    return crowd.history().stream()
        .collect(
            Collectors.groupingBy(
                Invocation::user,
                Collectors.mapping(Invocation::result, Collectors.toCollection(HashSet::new))));
  }
}
