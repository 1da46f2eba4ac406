package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.admission.testing.ScriptedCampaign;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.core.CampaignId;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter as it is loaded from Redis. */
@ExtendWith(EnginesExtension.class)
final class HolderFilterIT {
  @AutoClose private static TestRedis redis;
  @AutoClose private static RedisLink link;
  private static RedisCampaignKeyspace keyspace;

  @BeforeAll
  static void connect(EmbeddedEngines engines) {
    redis = new TestRedis(engines.redisUri(), engines.redisServerUri());
    link =
        new RedisLink(
            engines.redisServerUri(), "test-filter", Duration.ofSeconds(30), LoopListener.NONE);
    keyspace = new RedisCampaignKeyspace(link);
    await().until(() -> link.connectionNumber().isPresent());
  }

  /** A filter that lacks somebody, or was overtaken by a raise, would say SOLD_OUT to a holder. */
  @ParameterizedTest
  @CsvSource({"3, true", "2, false", "4, false", "0, false", "-1, false", "x, false"})
  void a_filter_of_holders_is_whole_or_none(String given, boolean whole) {
    ScriptedCampaign campaign = new ScriptedCampaign(redis).given("a", "b", "c").with("seq", given);
    HolderFilter filter = loaded(campaign.id());
    assertThat(filter != null).isEqualTo(whole);
    assertThat(filter == null || (filter.mayHold("c") && !filter.mayHold("d"))).isTrue();
  }

  private static @Nullable HolderFilter loaded(CampaignId campaign) {
    try {
      return HolderFilter.load(campaign, keyspace);
    } catch (LogException tooMany) {
      return null;
    }
  }
}
