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

/** Every word of {@code configure.lua}. */
@ExtendWith(EnginesExtension.class)
final class ConfigureScriptIT {
  @AutoClose private static TestRedis redis;

  @BeforeAll
  static void connect(EmbeddedEngines engines) {
    redis = new TestRedis(engines.redisUri(), engines.redisServerUri());
  }

  @Test
  void a_newer_version_replaces_the_config_and_nothing_else() {
    ScriptedCampaign campaign = campaign().given("a");
    assertThat(configure(campaign, 4, "unlimited", "PAUSED")).isEqualTo("APPLIED unlimited 11");
    assertThat(campaign.content().meta())
        .containsAllEntriesOf(
            Map.of("version", "4", "total", "unlimited", "state", "PAUSED", "opens", "11"))
        .containsAllEntriesOf(Map.of("closes", "22", "seq", "1", "epoch", "7", "ledger", "L"));
  }

  @Test
  void the_eligibility_is_written_and_removed() {
    ScriptedCampaign campaign = campaign();
    String mark = "0123456789abcdef";
    campaign.text(RedisScript.CONFIGURE, "L", "7", "4", "5", "OPEN", "11", "22", mark);
    assertThat(campaign.content().meta()).containsEntry("eligible", mark);
    campaign.text(RedisScript.CONFIGURE, "L", "7", "3", "5", "OPEN", "11", "22", "");
    assertThat(campaign.content().meta()).containsEntry("eligible", mark);
    campaign.text(RedisScript.CONFIGURE, "L", "7", "5", "5", "OPEN", "11", "22", "");
    assertThat(campaign.content().meta()).doesNotContainKey("eligible");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void an_older_version_changes_nothing_and_learns_the_newer_one(long version) {
    leavesAlone("NEWER 3", campaign(), version, "5");
  }

  @Test
  void the_same_version_is_written_again_so_that_a_damaged_copy_heals() {
    ScriptedCampaign campaign = campaign().given("a");
    assertThat(configure(campaign, 3, "5", "PAUSED")).isEqualTo("APPLIED 5 11");
    assertThat(campaign.content().meta()).containsAllEntriesOf(Map.of("total", "5"));
  }

  /** At once, whoever gives the config: nobody else gets a coupon from here on. */
  @Test
  void a_stock_below_what_was_given_becomes_what_was_given() {
    ScriptedCampaign campaign = campaign().given("a", "b");
    assertThat(configure(campaign, 4, "1", "OPEN")).isEqualTo("APPLIED 2 11");
    assertThat(campaign.content().meta())
        .containsAllEntriesOf(Map.of("version", "4", "total", "2", "seq", "2"))
        .doesNotContainKey("widened");
    assertThat(configure(campaign().given("a", "b"), 4, "2", "OPEN")).isEqualTo("APPLIED 2 11");
  }

  @Test
  void an_opening_that_has_passed_stays_once_a_coupon_is_given() {
    String ahead = "3999999999999";
    assertThat(configure(campaign().given("a"), 4, "9", "OPEN", ahead)).isEqualTo("APPLIED 9 0");
    assertThat(configure(campaign(), 4, "9", "OPEN", ahead)).isEqualTo("APPLIED 9 " + ahead);
    assertThat(configure(campaign().given("a"), 4, "9", "OPEN", "7")).isEqualTo("APPLIED 9 7");
    ScriptedCampaign damaged = campaign().given("a").with("opens", ahead);
    assertThat(configure(damaged, 4, "9", "OPEN", "7")).isEqualTo("APPLIED 9 7");
  }

  @Test
  void another_ledger_or_epoch_is_refused() {
    leavesAlone("EPOCH", campaign().with("ledger", "another"), 4, "5");
    leavesAlone("EPOCH", campaign().with("epoch", 8), 4, "5");
  }

  @Test
  void behind_a_fence_nothing_is_configured() {
    leavesAlone("REBUILDING", campaign().with("fence", 7), 4, "5");
  }

  @Test
  void an_archived_campaign_stays_as_it_is() {
    leavesAlone("ARCHIVED", campaign().with("state", "ARCHIVED"), 4, "5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger", "epoch", "version", "seq", "state"})
  void without_a_field_there_is_nothing_to_configure(String field) {
    leavesAlone("UNINITIALIZED", campaign().with(field, null), 4, "5");
  }

  @Test
  void a_missing_or_mistyped_meta_is_not_made() {
    ScriptedCampaign campaign = campaign();
    redis.root().del(campaign.keys().meta());
    leavesAlone("UNINITIALIZED", campaign, 4, "5");
    redis.root().set(campaign.keys().meta(), "not a hash");
    assertThat(configure(campaign, 4, "5", "OPEN")).isEqualTo("UNINITIALIZED");
    assertThat(redis.root().get(campaign.keys().meta())).isEqualTo("not a hash");
  }

  /** What may turn a no that a node repeats into a yes is told to the reserve script. */
  @ParameterizedTest
  @CsvSource({
    "2, 3, true",
    "2, unlimited, true",
    "2, 2, false",
    "3, 4, false",
    "unlimited, 4, false"
  })
  void a_raise_of_what_was_sold_out_rests(String total, String raised, boolean rests) {
    ScriptedCampaign campaign = campaign().given("a", "b").with("total", total);
    assertThat(configure(campaign, 4, raised, "OPEN")).startsWith("APPLIED ");
    assertThat(campaign.content().meta().containsKey("widened")).isEqualTo(rests);
  }

  @ParameterizedTest
  @CsvSource({
    "3999999999999, 0, true",
    "3999999999999, 3999999999998, true",
    "3999999999999, 3999999999999, false",
    "1, 0, false"
  })
  void an_opening_moved_to_an_earlier_time_rests(String opens, String newOpens, boolean rests) {
    ScriptedCampaign campaign = campaign().with("opens", opens);
    assertThat(configure(campaign, 4, "100", "OPEN", newOpens)).startsWith("APPLIED ");
    assertThat(campaign.content().meta().containsKey("widened")).isEqualTo(rests);
  }

  private static void leavesAlone(
      String word, ScriptedCampaign campaign, long version, String total) {
    Keys before = campaign.content();
    assertThat(configure(campaign, version, total, "PAUSED")).isEqualTo(word);
    assertThat(campaign.content()).isEqualTo(before);
  }

  private static String configure(
      ScriptedCampaign campaign, long version, String total, String state) {
    return configure(campaign, version, total, state, "11");
  }

  private static String configure(
      ScriptedCampaign campaign, long version, String total, String state, String opens) {
    return campaign.text(
        RedisScript.CONFIGURE, "L", "7", Long.toString(version), total, state, opens, "22", "");
  }

  private static ScriptedCampaign campaign() {
    return new ScriptedCampaign(redis);
  }
}
