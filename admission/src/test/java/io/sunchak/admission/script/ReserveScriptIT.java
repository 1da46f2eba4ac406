package io.sunchak.admission.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.admission.testing.ScriptedCampaign;
import io.sunchak.admission.testing.ScriptedCampaign.Keys;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of {@code reserve.lua}. */
@ExtendWith(EnginesExtension.class)
final class ReserveScriptIT {
  private static final String MARK = "0123456789abcdef";

  @AutoClose private static TestRedis redis;

  @BeforeAll
  static void connect(EmbeddedEngines engines) {
    redis = new TestRedis(engines.redisUri(), engines.redisServerUri());
  }

  @Test
  void users_are_numbered_logged_and_remembered_in_their_order() {
    ScriptedCampaign campaign = campaign().given("a");
    long before = redisMillis();
    Reply reply = Reply.of(campaign.reserve("b", "c"));
    assertThat(reply.words()).containsExactly("+2", "+3");
    assertThat(reply.version()).isEqualTo(3);
    assertThat(reply.now()).isBetween(before, redisMillis());
    assertThat(reply.opens()).isZero();
    Keys keys = campaign.content();
    assertThat(keys.meta()).containsEntry("seq", "3");
    assertThat(keys.issued()).containsOnlyKeys("a", "b", "c").containsEntry("b", "2");
    assertThat(keys.log())
        .containsExactly("7-1 {t=1000, u=a}", "7-3 {t=" + reply.now() + ", u=b c}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 256})
  void a_group_of_any_size_is_decided_at_once(int size) {
    ScriptedCampaign campaign = campaign().with("total", 1_000);
    String[] users = IntStream.rangeClosed(1, size).mapToObj(i -> "u" + i).toArray(String[]::new);
    Reply reply = Reply.of(campaign.reserve(users));
    List<String> numbered = IntStream.rangeClosed(1, size).mapToObj(i -> "+" + i).toList();
    assertThat(reply.words()).isEqualTo(numbered);
    assertThat(campaign.content().log())
        .singleElement()
        .asString()
        .startsWith("7-" + size + " ")
        .endsWith("u=" + String.join(" ", users) + "}");
    assertThat(campaign.content().issued())
        .hasSize(size)
        .containsEntry("u" + size, Integer.toString(size));
  }

  @Test
  void the_same_user_twice_in_a_group_gets_one_number() {
    assertThat(words(campaign(), "a", "b", "a")).containsExactly("+1", "+2", "1");
  }

  @Test
  void no_users_are_a_question_whether_all_agrees() {
    ScriptedCampaign campaign = campaign().given("a");
    assertThat(words(campaign)).isEmpty();
    assertThat(campaign.content().meta()).containsEntry("seq", "1");
  }

  @Test
  void the_stock_ends_within_a_group() {
    ScriptedCampaign campaign = campaign().with("total", 2);
    assertThat(words(campaign, "a", "b", "c", "a")).containsExactly("+1", "+2", "SOLD_OUT", "1");
    assertThat(campaign.content().log()).singleElement().asString().endsWith("u=a b}");
  }

  @Test
  void an_unlimited_stock_does_not_end() {
    assertThat(words(campaign().with("total", "unlimited").given("a"), "b")).containsExactly("+2");
  }

  @Test
  void a_log_at_its_bound_takes_nobody_but_answers_holders() {
    ScriptedCampaign campaign = campaign().given("a").maxBacklog(2);
    assertThat(words(campaign, "b", "c", "a")).containsExactly("+2", "BACKLOG_FULL", "1");
  }

  @Test
  void before_the_opening_nobody_is_first() {
    ScriptedCampaign campaign = campaign().with("opens", ScriptedCampaign.NEVER - 1);
    Reply reply = Reply.of(campaign.reserve("a"));
    assertThat(reply.words()).containsExactly("NOT_OPEN");
    assertThat(reply.opens()).isEqualTo(ScriptedCampaign.NEVER - 1);
  }

  @Test
  void once_somebody_has_one_the_opening_no_longer_counts() {
    assertThat(words(campaign().given("a").with("opens", ScriptedCampaign.NEVER - 1), "b"))
        .containsExactly("+2");
  }

  @Test
  void at_the_closing_time_it_is_closed() {
    assertThat(words(campaign().with("closes", redisMillis()), "a")).containsExactly("CLOSED");
    assertThat(words(campaign().with("closes", redisMillis() + 600_000), "a"))
        .containsExactly("+1");
  }

  /** First what the user has, then the operator's word, then the window, then the stock. */
  @ParameterizedTest
  @CsvSource({
    "PAUSED, 0, 4000000000000, PAUSED",
    "CLOSED, 0, 4000000000000, CLOSED",
    "PAUSED, 3999999999999, 4000000000000, PAUSED",
    "PAUSED, 0, 1, PAUSED",
    "OPEN, 0, 1, CLOSED"
  })
  void holders_come_before_every_refusal(String state, long opens, long closes, String word) {
    ScriptedCampaign campaign =
        campaign()
            .given("holder")
            .with("total", 1)
            .with("state", state)
            .with("opens", opens)
            .with("closes", closes);
    assertThat(words(campaign, "holder", "other")).containsExactly("1", word);
  }

  @ParameterizedTest
  @CsvSource({
    "PAUSED, 100, 4000000000000",
    "CLOSED, 100, 4000000000000",
    "OPEN, 100, 1",
    "OPEN, 1, 4000000000000"
  })
  void a_refusal_writes_nothing(String state, long total, long closes) {
    ScriptedCampaign campaign =
        campaign().given("a").with("state", state).with("total", total).with("closes", closes);
    Keys before = campaign.content();
    campaign.reserve("b", "a");
    assertThat(campaign.content()).isEqualTo(before);
  }

  /**
   * For a second nobody is let in by a wider config; holders and what stays refused are told so.
   */
  @Test
  void a_widened_config_rests() {
    ScriptedCampaign campaign = campaign().given("a").with("widened", redisMillis());
    assertThat(words(campaign, "b", "a")).containsExactly("REBUILDING", "1");
    assertThat(words(campaign.with("total", 1), "b")).containsExactly("SOLD_OUT");
    assertThat(campaign.content().issued()).containsOnlyKeys("a");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1_000, 60_000})
  void after_a_second_or_when_the_clock_was_set_back_it_rests_no_longer(long millis) {
    assertThat(words(campaign().with("widened", redisMillis() + millis), "a"))
        .containsExactly("+1");
  }

  static Stream<String> absentFields() {
    return Stream.of(
        "ledger", "epoch", "version", "total", "seq", "drained", "state", "opens", "closes");
  }

  @ParameterizedTest
  @MethodSource("absentFields")
  void without_a_field_nobody_is_decided(String field) {
    refusesAll("UNINITIALIZED", campaign().with(field, null));
  }

  static Stream<String[]> malformedFields() {
    List<String> values = List.of("", "x", "-1", "1e3", "nan", "inf", "0x10", "1.5", " 1", "1 ");
    return Stream.of("version", "total", "seq", "drained", "opens", "closes")
        .flatMap(field -> values.stream().map(value -> new String[] {field, value}));
  }

  @ParameterizedTest
  @MethodSource("malformedFields")
  void a_malformed_number_is_no_number(String field, String value) {
    refusesAll("UNINITIALIZED", campaign().with(field, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "open", "SCHEDULED", "NOT_OPEN", "OPEN "})
  void an_unknown_state_is_no_state(String state) {
    refusesAll("UNINITIALIZED", campaign().with("state", state));
  }

  @ParameterizedTest
  @MethodSource("keysOfCampaign")
  void a_key_of_another_type_is_no_key(int key) {
    ScriptedCampaign campaign = campaign();
    String name = campaign.keys().all()[key];
    redis.root().del(name);
    redis.root().set(name, "not a hash, not a stream");
    assertThat(campaign.reserve("a")).isEqualTo("UNINITIALIZED");
    assertThat(redis.root().get(name)).isEqualTo("not a hash, not a stream");
    assertThat(redis.root().exists(campaign.keys().all())).isEqualTo(key == 0 ? 1 : 2);
  }

  static IntStream keysOfCampaign() {
    return IntStream.range(0, 3);
  }

  @Test
  void without_any_key_nobody_is_decided_and_no_key_is_made() {
    ScriptedCampaign campaign = campaign();
    redis.root().del(campaign.keys().meta());
    assertThat(campaign.reserve("a")).isEqualTo("UNINITIALIZED");
    assertThat(redis.root().exists(campaign.keys().all())).isZero();
  }

  @Test
  void another_ledger_or_epoch_is_refused() {
    refusesAll("EPOCH", campaign().calledUnder("another", ScriptedCampaign.EPOCH));
    refusesAll(
        "EPOCH", campaign().calledUnder(ScriptedCampaign.LEDGER, ScriptedCampaign.EPOCH - 1));
    refusesAll(
        "EPOCH", campaign().calledUnder(ScriptedCampaign.LEDGER, ScriptedCampaign.EPOCH + 1));
    refusesAll("EPOCH", campaign().with("ledger", KeyForm.mark(ScriptedCampaign.LEDGER)));
  }

  @Test
  void behind_a_fence_nobody_is_decided() {
    refusesAll("REBUILDING", campaign().with("fence", ScriptedCampaign.EPOCH));
  }

  @Test
  void fewer_or_more_holders_than_numbers_given_mean_a_roll_back() {
    refusesAll("ROLLED_BACK", campaign().given("a", "b").with("seq", 1));
    refusesAll("ROLLED_BACK", campaign().given("a", "b").with("seq", 3));
  }

  @Test
  void a_promise_that_redis_does_not_know_means_a_roll_back() {
    refusesAll("ROLLED_BACK", campaign().given("a", "b").witness("promised", 2));
    refusesAll("ROLLED_BACK", campaign().given("a", "b").witness("b", 1));
    assertThat(words(campaign().given("a", "b").witness("b", 2), "c")).containsExactly("+3");
  }

  @Test
  void who_is_not_eligible_gets_none_and_holders_hear_their_number() {
    ScriptedCampaign campaign = campaign().given("a").with("eligible", MARK);
    campaign.eligible(MARK + "-+--");
    assertThat(words(campaign, "a", "b", "c", "b")).containsExactly("1", "+2", "NOT_ELIGIBLE", "2");
    assertThat(campaign.content().issued()).containsOnlyKeys("a", "b");
  }

  @Test
  void who_is_not_eligible_hears_it_before_all_other_refusals() {
    for (String state : List.of("OPEN", "PAUSED", "CLOSED")) {
      ScriptedCampaign campaign =
          campaign().with("state", state).with("total", 0).with("eligible", MARK);
      assertThat(words(campaign.eligible(MARK + "-"), "a")).containsExactly("NOT_ELIGIBLE");
    }
  }

  /** Whichever of both is the newer one. */
  @ParameterizedTest
  @CsvSource({
    "0123456789abcdef, ''",
    "0123456789abcdef, fedcba9876543210++",
    "'', 0123456789abcdef+-"
  })
  void a_node_that_knows_another_eligibility_gives_none_and_judges_nobody(
      String held, String known) {
    ScriptedCampaign campaign =
        campaign().given("a").with("eligible", held.isEmpty() ? null : held);
    assertThat(words(campaign.eligible(known), "b", "c"))
        .containsExactly("REBUILDING", "REBUILDING");
    assertThat(words(campaign, "a", "c")).containsExactly("1", "REBUILDING");
    assertThat(campaign.content().issued()).containsOnlyKeys("a");
  }

  @Test
  void an_archived_campaign_says_so_whatever_else_is_wrong() {
    refusesAll("ARCHIVED", campaign().with("state", "ARCHIVED").with("fence", 9).with("seq", null));
  }

  @Test
  void numbers_beyond_two_to_the_31_are_written_in_full() {
    long given = 3_000_000_000L;
    ScriptedCampaign campaign =
        campaign().with("total", "unlimited").with("seq", given).with("drained", given);
    String reply = campaign.reserveOf(given, "a", "b");
    assertThat(Reply.of(reply).words()).containsExactly("+3000000001", "+3000000002");
    assertThat(campaign.content().meta()).containsEntry("seq", "3000000002");
    assertThat(campaign.content().issued()).containsEntry("b", "3000000002");
    assertThat(campaign.content().log()).last().asString().startsWith("7-3000000002 ");
  }

  /** Whatever the users, one word comes back and nothing is changed. */
  private static void refusesAll(String word, ScriptedCampaign campaign) {
    Keys before = campaign.content();
    assertThat(campaign.reserve()).isEqualTo(word);
    assertThat(campaign.reserve("new", "a")).isEqualTo(word);
    assertThat(campaign.content()).isEqualTo(before);
  }

  private static List<String> words(ScriptedCampaign campaign, String... users) {
    return Reply.of(campaign.reserve(users)).words();
  }

  private static ScriptedCampaign campaign() {
    return new ScriptedCampaign(redis);
  }

  private static long redisMillis() {
    List<String> time = redis.root().time();
    return Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
  }

  /** What was said, with the number of each who was accepted. */
  record Reply(long version, long now, long opens, List<String> words) {
    static Reply of(String text) {
      List<String> parts = Arrays.asList(text.split(" ", -1));
      assertThat(parts.getFirst()).as(text).isEqualTo("OK");
      List<String> words = new ArrayList<>();
      long last = number(parts, 4);
      for (String word : parts.subList(5, parts.size())) {
        words.add(word.equals("+") ? "+" + ++last : word);
      }
      return new Reply(number(parts, 1), number(parts, 2), number(parts, 3), words);
    }

    private static long number(List<String> parts, int at) {
      return Long.parseLong(parts.get(at));
    }
  }
}
