package io.sunchak.admission.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.admission.testing.ScriptedCampaign;
import io.sunchak.admission.testing.ScriptedCampaign.Keys;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of {@code archive.lua}. */
@ExtendWith(EnginesExtension.class)
final class ArchiveScriptIT {
  @AutoClose private static TestRedis redis;

  @BeforeAll
  static void connect(EmbeddedEngines engines) {
    redis = new TestRedis(engines.redisUri(), engines.redisServerUri());
  }

  @Test
  void a_closed_and_drained_campaign_keeps_its_meta_alone() {
    ScriptedCampaign campaign = closed();
    Map<String, String> before = campaign.content().meta();
    assertThat(archive(campaign, 2)).isEqualTo("ARCHIVED");
    assertThat(campaign.content().issued()).isEmpty();
    assertThat(campaign.content().log()).isEmpty();
    before.put("state", "ARCHIVED");
    assertThat(campaign.content().meta()).isEqualTo(before);
    assertThat(campaign.reserve("a", "c")).isEqualTo("ARCHIVED");
  }

  @Test
  void a_window_that_is_over_is_closed_too() {
    assertThat(archive(campaign().given("a").with("closes", 1), 1)).isEqualTo("ARCHIVED");
    assertThat(archive(campaign().with("state", "PAUSED").with("closes", 1), 0))
        .isEqualTo("ARCHIVED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPEN", "PAUSED"})
  void a_campaign_that_may_still_accept_is_refused(String state) {
    leavesAlone("NOT_CLOSED", closed().with("state", state), 2);
  }

  @ParameterizedTest
  @CsvSource({"ledger,another,EPOCH", "epoch,8,EPOCH", "fence,7,REBUILDING", "version,4,NEWER"})
  void what_the_caller_does_not_know_is_refused(String field, String value, String word) {
    leavesAlone(word, closed().with(field, value), 2);
  }

  @Test
  void what_the_ledger_lacks_is_refused() {
    leavesAlone("UNDRAINED", closed(), 1);
    ScriptedCampaign longer = closed().given("c").with("seq", 2);
    redis.root().hdel(longer.keys().issued(), "c");
    leavesAlone("UNDRAINED", longer, 2);
  }

  @Test
  void what_redis_has_lost_is_refused() {
    leavesAlone("ROLLED_BACK", closed(), 3);
    ScriptedCampaign lost = closed();
    redis.root().hdel(lost.keys().issued(), "a");
    leavesAlone("ROLLED_BACK", lost, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger", "epoch", "version", "seq", "state", "closes"})
  void without_a_field_there_is_nothing_to_archive(String field) {
    leavesAlone("UNINITIALIZED", closed().with(field, null), 2);
  }

  @Test
  void keys_of_another_type_are_no_campaign() {
    ScriptedCampaign campaign = closed();
    redis.root().del(campaign.keys().log());
    redis.root().set(campaign.keys().log(), "no stream");
    assertThat(archive(campaign, 2)).isEqualTo("UNINITIALIZED");
    redis.root().set(campaign.keys().meta(), "no hash");
    assertThat(archive(campaign, 2)).isEqualTo("UNINITIALIZED");
    assertThat(redis.root().get(campaign.keys().meta())).isEqualTo("no hash");
  }

  @Test
  void repeated_it_deletes_what_came_back_whatever_the_caller_knows() {
    ScriptedCampaign campaign = closed();
    archive(campaign, 2);
    redis.root().hset(campaign.keys().issued(), "a", "1");
    assertThat(archive(campaign.with("epoch", 9), 5)).isEqualTo("ARCHIVED");
    assertThat(campaign.content().issued()).isEmpty();
  }

  /** An older copy of Redis, and an empty one. */
  @Test
  void once_the_ledger_knows_it_nothing_that_redis_says_counts() {
    ScriptedCampaign older = campaign().given("a");
    assertThat(marked(older)).isEqualTo("ARCHIVED");
    assertThat(older.content().issued()).isEmpty();
    assertThat(older.content().log()).isEmpty();
    redis.root().set(older.keys().meta(), "no hash");
    assertThat(marked(older)).isEqualTo("ARCHIVED");
    redis.root().del(older.keys().meta());
    assertThat(marked(older)).isEqualTo("ARCHIVED");
    assertThat(older.content().meta()).isEqualTo(Map.of("state", "ARCHIVED"));
    assertThat(older.reserve("b")).isEqualTo("ARCHIVED");
  }

  private static String marked(ScriptedCampaign campaign) {
    return campaign.text(RedisScript.ARCHIVE, "", "", "", "");
  }

  private static void leavesAlone(String word, ScriptedCampaign campaign, long settled) {
    Keys before = campaign.content();
    assertThat(archive(campaign, settled)).isEqualTo(word);
    assertThat(campaign.content()).isEqualTo(before);
  }

  private static String archive(ScriptedCampaign campaign, long settled) {
    return campaign.text(RedisScript.ARCHIVE, "L", "7", "3", Long.toString(settled));
  }

  private static ScriptedCampaign closed() {
    return campaign().given("a", "b").with("state", "CLOSED");
  }

  private static ScriptedCampaign campaign() {
    return new ScriptedCampaign(redis);
  }
}
