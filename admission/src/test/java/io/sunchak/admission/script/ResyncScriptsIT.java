package io.sunchak.admission.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.admission.testing.ScriptedCampaign;
import io.sunchak.admission.testing.ScriptedCampaign.Keys;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of the scripts by which a resync rebuilds a campaign: fence, clear, load, open. */
@ExtendWith(EnginesExtension.class)
final class ResyncScriptsIT {
  private static final String[] CONFIG = {"9", "50", "OPEN", "11", "4000000000000", ""};
  @AutoClose private static TestRedis redis;

  @BeforeAll
  static void connect(EmbeddedEngines engines) {
    redis = new TestRedis(engines.redisUri(), engines.redisServerUri());
  }

  @Test
  void a_fence_shuts_everybody_out_and_keeps_what_was_promised() {
    ScriptedCampaign campaign = campaign().given("a");
    Keys before = campaign.content();
    assertThat(fence(campaign, "8")).isEqualTo("FENCED");
    assertThat(campaign.reserve("b")).isEqualTo("EPOCH");
    assertThat(campaign.calledUnder("L", 8).reserve("b")).isEqualTo("REBUILDING");
    Keys after = campaign.content();
    assertThat(after.issued()).isEqualTo(before.issued());
    assertThat(after.log()).isEqualTo(before.log());
    assertThat(after.meta()).containsAllEntriesOf(Map.of("epoch", "8", "fence", "8", "seq", "1"));
  }

  @Test
  void a_fence_makes_a_meta_that_serves_nobody_where_there_is_none() {
    ScriptedCampaign campaign = campaign();
    redis.root().del(campaign.keys().meta());
    assertThat(fence(campaign, "1")).isEqualTo("FENCED");
    assertThat(campaign.content().meta())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ledger", "L", "epoch", "1", "fence", "1", "version", "0", "total", "0", "seq", "0",
                "drained", "0", "state", "PAUSED", "opens", "0", "closes", "0"));
  }

  @Test
  void a_fence_takes_the_place_of_keys_of_another_type() {
    ScriptedCampaign campaign = campaign();
    for (String key : campaign.keys().all()) {
      redis.root().del(key);
      redis.root().set(key, "neither a hash nor a stream");
    }
    assertThat(fence(campaign, "8")).isEqualTo("FENCED");
    assertThat(redis.root().type(campaign.keys().meta())).isEqualTo("hash");
    assertThat(redis.root().exists(campaign.keys().issued(), campaign.keys().log())).isZero();
  }

  @Test
  void of_two_attempts_the_later_one_fences() {
    ScriptedCampaign campaign = campaign();
    assertThat(fence(campaign, "9")).isEqualTo("FENCED");
    Keys fenced = campaign.content();
    assertThat(fence(campaign, "8")).isEqualTo("NEWER");
    assertThat(campaign.content()).isEqualTo(fenced);
    assertThat(fence(campaign, "10")).isEqualTo("FENCED");
  }

  @Test
  void an_archived_campaign_is_never_fenced() {
    ScriptedCampaign campaign = campaign().with("state", "ARCHIVED");
    Keys before = campaign.content();
    assertThat(fence(campaign, "8")).isEqualTo("ARCHIVED");
    assertThat(campaign.content()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "nan", "inf", "1e30", "99999999999999999999"})
  void an_epoch_that_is_no_number_is_ahead_of_nobody(String epoch) {
    assertThat(fence(campaign().with("epoch", epoch), "8")).isEqualTo("FENCED");
  }

  @Test
  void a_fenced_campaign_is_cleared_loaded_and_opened() {
    ScriptedCampaign campaign = campaign().given("old");
    fence(campaign, "8");
    assertThat(campaign.text(RedisScript.CLEAR, "8")).isEqualTo("CLEARED");
    assertThat(redis.root().exists(campaign.keys().issued(), campaign.keys().log())).isZero();
    assertThat(campaign.text(RedisScript.LOAD, "8", "a", "1", "b", "2")).isEqualTo("LOADED");
    assertThat(campaign.text(RedisScript.LOAD, "8", "void 3", "3")).isEqualTo("LOADED");
    assertThat(open(campaign, "8", "3")).isEqualTo("OPENED");
    assertThat(campaign.content())
        .isEqualTo(
            new Keys(
                Map.of(
                    "ledger",
                    "L",
                    "epoch",
                    "8",
                    "version",
                    "9",
                    "total",
                    "50",
                    "seq",
                    "3",
                    "drained",
                    "3",
                    "state",
                    "OPEN",
                    "opens",
                    "11",
                    "closes",
                    "4000000000000"),
                Map.of("a", "1", "b", "2", "void 3", "3"),
                List.of()));
    assertThat(campaign.calledUnder("L", 8).reserve("c")).endsWith(" 3 +");
  }

  @Test
  void the_eligibility_comes_from_the_ledger_as_the_rest_of_the_config() {
    ScriptedCampaign campaign = campaign().with("eligible", "of-another-future");
    fence(campaign, "8");
    String mark = "0123456789abcdef";
    campaign.text(RedisScript.OPEN, "8", "0", "9", "50", "OPEN", "11", "22", mark);
    assertThat(campaign.content().meta()).containsEntry("eligible", mark);
    campaign.text(RedisScript.FENCE, "L", "9");
    campaign.text(RedisScript.OPEN, "9", "0", "9", "50", "OPEN", "11", "22", "");
    assertThat(campaign.content().meta()).doesNotContainKey("eligible");
  }

  /** The ledger's config is the truth: Redis may hold half of one, or one of a ledger's future. */
  @ParameterizedTest
  @CsvSource({
    "total, ",
    "opens, ",
    "version, ",
    "total, x",
    "version, nan",
    "state, LOST",
    "version, 12"
  })
  void an_opened_campaign_has_the_ledgers_config_whatever_redis_held(String field, String value) {
    ScriptedCampaign campaign = campaign().with("version", CONFIG[0]).with(field, value);
    fence(campaign, "8");
    campaign.text(RedisScript.CLEAR, "8");
    assertThat(open(campaign, "8", "0")).isEqualTo("OPENED");
    assertThat(campaign.content().meta())
        .containsAllEntriesOf(Map.of("version", "9", "total", "50", "state", "OPEN"))
        .containsAllEntriesOf(Map.of("opens", "11", "closes", "4000000000000"));
  }

  @Test
  void a_repeated_load_changes_nothing() {
    ScriptedCampaign campaign = campaign();
    fence(campaign, "8");
    campaign.text(RedisScript.LOAD, "8", "a", "1");
    assertThat(campaign.text(RedisScript.LOAD, "8", "a", "1")).isEqualTo("LOADED");
    assertThat(open(campaign, "8", "1")).isEqualTo("OPENED");
  }

  @ParameterizedTest
  @CsvSource({"7, ", "8, 7", "9, 9", "7, 8"})
  void without_the_fence_an_attempt_changes_nothing(String epoch, String fence) {
    ScriptedCampaign campaign = campaign().given("a").with("epoch", epoch).with("fence", fence);
    Keys before = campaign.content();
    assertThat(campaign.text(RedisScript.CLEAR, "8")).isEqualTo("LOST");
    assertThat(campaign.text(RedisScript.LOAD, "8", "b", "2")).isEqualTo("LOST");
    assertThat(open(campaign, "8", "1")).isEqualTo("LOST");
    assertThat(campaign.content()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "3"})
  void with_other_than_the_last_number_of_holders_it_stays_shut(String last) {
    ScriptedCampaign campaign = campaign();
    fence(campaign, "8");
    campaign.text(RedisScript.LOAD, "8", "a", "1", "b", "2");
    assertThat(open(campaign, "8", last)).isEqualTo("LOST");
    assertThat(campaign.content().meta()).containsEntry("fence", "8");
  }

  private static String fence(ScriptedCampaign campaign, String epoch) {
    return campaign.text(RedisScript.FENCE, "L", epoch);
  }

  private static String open(ScriptedCampaign campaign, String epoch, String last) {
    return campaign.text(
        RedisScript.OPEN,
        epoch,
        last,
        CONFIG[0],
        CONFIG[1],
        CONFIG[2],
        CONFIG[3],
        CONFIG[4],
        CONFIG[5]);
  }

  private static ScriptedCampaign campaign() {
    return new ScriptedCampaign(redis);
  }
}
