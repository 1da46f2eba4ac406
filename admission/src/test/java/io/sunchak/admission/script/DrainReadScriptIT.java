package io.sunchak.admission.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.XAddArgs;
import io.sunchak.admission.testing.ScriptedCampaign;
import io.sunchak.admission.testing.ScriptedCampaign.Keys;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of {@code drain_read.lua}. */
@ExtendWith(EnginesExtension.class)
final class DrainReadScriptIT {
  private static final int MAX = 10;
  @AutoClose private static TestRedis redis;

  @BeforeAll
  static void connect(EmbeddedEngines engines) {
    redis = new TestRedis(engines.redisUri(), engines.redisServerUri());
  }

  @Test
  void what_the_ledger_has_is_trimmed_and_what_follows_is_read() {
    ScriptedCampaign campaign = campaign().given("a", "b", "c", "d");
    assertThat(campaign.drainRead(2, "b", MAX))
        .containsExactly("OK", 2L, "3", "c", "1000", "4", "d", "1000");
    assertThat(campaign.content().log()).containsExactly("7-3 {t=1000, u=c}", "7-4 {t=1000, u=d}");
    assertThat(campaign.content().issued()).hasSize(4);
  }

  @Test
  void a_group_is_read_whole_and_stays_until_all_of_it_is_drained() {
    ScriptedCampaign campaign = campaign().givenTogether("a", "b", "c").givenTogether("d", "e");
    assertThat(campaign.drainRead(0, "", MAX))
        .containsExactly("OK", 5L, "3", "a b c", "1000", "5", "d e", "1000");
    assertThat(campaign.drainRead(2, "b", MAX))
        .containsExactly("OK", 3L, "3", "a b c", "1000", "5", "d e", "1000");
    assertThat(campaign.content().log()).hasSize(2);
    assertThat(campaign.drainRead(3, "c", MAX)).containsExactly("OK", 2L, "5", "d e", "1000");
    assertThat(campaign.content().log()).hasSize(1);
    assertThat(campaign.content().meta()).containsEntry("drained", "3");
    assertThat(campaign.drainRead(5, "e", MAX)).containsExactly("OK", 0L);
    assertThat(campaign.content().log()).isEmpty();
  }

  /** Pages of 16 entries are read until there are enough users. */
  @Test
  void little_more_is_read_than_was_asked_for() {
    ScriptedCampaign campaign = campaign();
    for (int i = 1; i <= 40; i++) {
      campaign.given("u" + i);
    }
    assertThat(campaign.drainRead(0, "", 2)).hasSize(2 + 3 * 16).contains("1", "u16");
    assertThat(campaign.drainRead(0, "", 17)).hasSize(2 + 3 * 32).contains("1", "u32");
    assertThat(campaign.drainRead(0, "", 1_000)).hasSize(2 + 3 * 40).contains("1", "u40");
  }

  /** A node that was slow to look does not take back how far the log is drained. */
  @Test
  void the_log_is_drained_further_and_never_back() {
    ScriptedCampaign campaign = campaign().given("a", "b", "c");
    assertThat(campaign.drainRead(2, "b", MAX)).startsWith("OK", 1L);
    refuses("HOLE", campaign, 1, "a");
    assertThat(campaign.content().meta()).containsEntry("drained", "2");
  }

  @Test
  void a_drained_log_is_trimmed_to_its_end() {
    ScriptedCampaign campaign = campaign().given("a", "b");
    assertThat(campaign.drainRead(2, "b", MAX)).containsExactly("OK", 0L);
    assertThat(campaign.content().log()).isEmpty();
    assertThat(campaign.drainRead(2, "b", MAX)).containsExactly("OK", 0L);
  }

  @Test
  void a_campaign_of_which_nothing_is_given_has_nothing_to_read() {
    assertThat(campaign().drainRead(0, "", MAX)).containsExactly("OK", 0L);
  }

  @Test
  void entries_of_an_older_epoch_are_trimmed_and_never_read() {
    ScriptedCampaign campaign = campaign();
    redis.root().xadd(campaign.keys().log(), new XAddArgs().id("6-1"), "t", "1", "u", "old");
    campaign.given("a");
    assertThat(campaign.drainRead(0, "", MAX)).containsExactly("OK", 1L, "1", "a", "1000");
    assertThat(campaign.drainRead(1, "a", MAX)).containsExactly("OK", 0L);
    assertThat(campaign.content().log()).isEmpty();
  }

  @Test
  void an_entry_missing_at_the_cursor_is_a_hole() {
    ScriptedCampaign first = campaign().given("a", "b");
    redis.root().xdel(first.keys().log(), "7-1");
    refuses("HOLE", first, 0, "");
    ScriptedCampaign all = campaign().given("a", "b");
    redis.root().del(all.keys().log());
    refuses("HOLE", all, 0, "");
    refuses("HOLE", all, 1, "a");
  }

  /** The script looks at the first entry alone; the drain compares each with its cursor. */
  @Test
  void a_later_missing_entry_shows_in_what_is_read() {
    ScriptedCampaign campaign = campaign().given("a", "b", "c");
    redis.root().xdel(campaign.keys().log(), "7-2");
    assertThat(campaign.drainRead(0, "", MAX))
        .containsExactly("OK", 3L, "1", "a", "1000", "3", "c", "1000");
  }

  @Test
  void less_than_the_ledger_has_means_a_roll_back() {
    refuses("ROLLED_BACK", campaign().given("a", "b"), 3, "c");
    refuses("ROLLED_BACK", campaign().given("a", "b"), 2, "another");
    refuses("ROLLED_BACK", campaign().given("a", "b"), 2, "a");
    refuses("ROLLED_BACK", campaign().given("a", "b").with("seq", 3), 0, "");
    refuses("ROLLED_BACK", campaign().given("a", "b").with("seq", 1), 0, "");
  }

  @Test
  void another_ledger_or_epoch_is_refused() {
    refuses("EPOCH", campaign().given("a").calledUnder("another", ScriptedCampaign.EPOCH), 0, "");
    refuses("EPOCH", campaign().given("a").calledUnder(ScriptedCampaign.LEDGER, 8), 0, "");
  }

  @Test
  void behind_a_fence_nothing_is_read() {
    refuses("REBUILDING", campaign().given("a").with("fence", ScriptedCampaign.EPOCH), 0, "");
  }

  @Test
  void an_archived_campaign_has_no_log() {
    refuses("ARCHIVED", campaign().with("state", "ARCHIVED"), 0, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger", "epoch", "seq", "drained", "state"})
  void without_a_field_nothing_is_read(String field) {
    refuses("UNINITIALIZED", campaign().given("a").with(field, null), 0, "");
  }

  static Stream<Integer> keysOfCampaign() {
    return IntStream.range(0, 3).boxed();
  }

  @ParameterizedTest
  @MethodSource("keysOfCampaign")
  void a_key_of_another_type_is_no_key(int key) {
    ScriptedCampaign campaign = campaign().given("a");
    String name = campaign.keys().all()[key];
    redis.root().del(name);
    redis.root().set(name, "not a hash, not a stream");
    assertThat(campaign.drainRead(0, "", MAX)).containsExactly("UNINITIALIZED");
    assertThat(redis.root().get(name)).isEqualTo("not a hash, not a stream");
  }

  @Test
  void without_any_key_nothing_is_read() {
    ScriptedCampaign campaign = campaign();
    redis.root().del(campaign.keys().meta());
    refuses("UNINITIALIZED", campaign, 0, "");
  }

  @Test
  void numbers_beyond_two_to_the_31_are_read_in_full() {
    long given = 3_000_000_000L;
    ScriptedCampaign campaign = campaign().with("seq", given - 2).given("a", "b");
    assertThat(campaign.drainReadOf(given, given - 1, "a", MAX))
        .containsExactly("OK", 1L, "3000000000", "b", "1000");
    assertThat(campaign.content().log()).containsExactly("7-3000000000 {t=1000, u=b}");
  }

  private static void refuses(String word, ScriptedCampaign campaign, long cursor, String user) {
    Keys before = campaign.content();
    assertThat(campaign.drainRead(cursor, user, MAX)).containsExactly(word);
    assertThat(campaign.content()).isEqualTo(before);
  }

  private static ScriptedCampaign campaign() {
    return new ScriptedCampaign(redis);
  }
}
