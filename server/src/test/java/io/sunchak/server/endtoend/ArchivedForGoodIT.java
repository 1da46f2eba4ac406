package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Two nodes, and a Redis that is wiped after the archiving. {@code -Dsunchak.archived=1000000}
 * archives a campaign of so many coupons.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchivedForGoodIT {
  private static final int COUPONS = Integer.getInteger("sunchak.archived", 20_000);
  private static final int AT_ONCE = 5_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");

  private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
  private final EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
  private final LiveServer one = LiveServer.start(engines);
  private final LiveServer other = LiveServer.start(engines);
  private final RedisClient client = RedisClient.create(engines.redisUri());
  private final StatefulRedisConnection<String, String> connection = client.connect();
  private final RedisCommands<String, String> redis = connection.sync();
  private final Api api = new Api(one);

  @AfterAll
  void stop() {
    connection.close();
    client.close();
    other.close();
    one.close();
    engines.close();
    data.close();
  }

  @Test
  void a_wiped_redis_brings_nothing_back() {
    Api second = new Api(other);
    api.create("wiped-later", 10);
    api.issue("wiped-later", "u1").is(202);
    second.issue("wiped-later", "u2").is(202);
    archive("wiped-later");
    for (Api each : List.of(api, second)) {
      each.issue("wiped-later", "u1").is(200);
    }

    redis.flushall();

    for (Api each : List.of(api, second)) {
      each.issue("wiped-later", "u1").is(200);
      each.issue("wiped-later", "u9").is(409, "CLOSED");
      assertThat(each.mine("wiped-later", "u2").is(200).json().path("sequence").asLong())
          .isEqualTo(2);
      assertThat(each.campaign("wiped-later").path("issued").asLong()).isEqualTo(2);
    }
    api.ask("archive", "wiped-later").is(200);
    assertThat(redis.exists("{c:wiped-later}:issued", "{c:wiped-later}:log")).isZero();
    assertThat(redis.hgetall("{c:wiped-later}:meta")).containsOnlyKeys("state");
    assertThat(api.admin(Call.get(Api.ADMIN + "/wiped-later/repairs")).json().path("items").size())
        .isZero();
  }

  @Test
  void redis_has_its_memory_back() {
    api.create("large", COUPONS);
    long before = used();
    CouponIssuer issuer = one.bean(CouponIssuer.class);
    for (int from = 0; from < COUPONS; from += AT_ONCE) {
      CompletableFuture.allOf(
              IntStream.range(from, Math.min(COUPONS, from + AT_ONCE))
                  .mapToObj(i -> new UserId("u" + i))
                  .map(user -> issuer.issue(new IssueRequest(new CampaignId("large"), user)))
                  .map(stage -> stage.toCompletableFuture())
                  .toArray(CompletableFuture[]::new))
          .join();
    }
    assertThat(redis.hlen("{c:large}:issued")).isEqualTo(COUPONS);
    assertThat(used()).isGreaterThan(before * 11 / 10);
    archive("large");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(used()).isLessThan(before * 105 / 100));
    api.issue("large", "u7").is(200);
  }

  private void archive(String id) {
    api.ask("close", id).is(200);
    await().atMost(PATIENCE).untilAsserted(() -> api.ask("archive", id).is(200));
  }

  private long used() {
    Matcher found = USED.matcher(redis.info("memory"));
    assertThat(found.find()).isTrue();
    return Long.parseLong(found.group(1));
  }
}
