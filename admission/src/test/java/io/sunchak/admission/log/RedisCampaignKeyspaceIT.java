package io.sunchak.admission.log;

import static io.sunchak.admission.testing.ScriptedCampaign.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.script.KeyForm;
import io.sunchak.admission.testing.ScriptedCampaign;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Codes;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.Validity;
import io.sunchak.core.log.CampaignKeyspace.Configured;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.CampaignKeyspace.Held;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from a campaign's keys. Its writes are the scripts, each with its own test. */
@ExtendWith(EnginesExtension.class)
final class RedisCampaignKeyspaceIT {
  private static final Instant SECOND = Instant.ofEpochMilli(1_000);
  @AutoClose private static TestRedis redis;
  @AutoClose private static RedisLink link;
  private static RedisCampaignKeyspace keyspace;

  @BeforeAll
  static void connect(EmbeddedEngines engines) {
    redis = new TestRedis(engines.redisUri(), engines.redisServerUri());
    link =
        new RedisLink(
            engines.redisServerUri(), "test-keyspace", Duration.ofSeconds(30), LoopListener.NONE);
    keyspace = new RedisCampaignKeyspace(link);
    await().until(() -> link.connectionNumber().isPresent());
  }

  @Test
  void the_meta_hash_and_the_log_tell_the_facts() {
    ScriptedCampaign campaign = campaign().given("a", "b");
    campaign.with("drained", 1);
    assertThat(keyspace.facts(campaign.id())).hasValue(new Facts(7, 2, 1, 3));
    assertThat(keyspace.epoch(campaign.id())).hasValue(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.5"})
  void what_is_no_number_is_no_fact(String value) {
    CampaignId id = campaign().with("epoch", value).id();
    assertThat(keyspace.facts(id)).isEmpty();
    assertThat(keyspace.epoch(id)).isEmpty();
  }

  @Test
  void a_meta_of_another_type_holds_no_epoch() {
    ScriptedCampaign campaign = campaign();
    redis.root().del(campaign.keys().meta());
    assertThat(keyspace.epoch(campaign.id())).isEmpty();
    redis.root().set(campaign.keys().meta(), "no hash");
    assertThat(keyspace.epoch(campaign.id())).isEmpty();
  }

  @Test
  void the_config_is_read_as_it_was_given() {
    Campaign known = config(campaign().with("ledger", KeyForm.mark(LEDGER)).id());
    Campaign given =
        known
            .withStock(Stock.of(5))
            .withState(CampaignState.PAUSED)
            .withWindow(Campaigns.NOT_YET_OPEN)
            .withVersion(9);
    assertThat(keyspace.configure(LEDGER, 7, given)).isInstanceOf(Configured.Applied.class);
    assertThat(keyspace.config(LEDGER, known)).hasValue(given);
    assertThat(keyspace.config("another", known)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"total,0", "total,x", "state,ARCHIVED", "opens,''", "closes,0", "version,1.5"})
  void what_is_no_config_is_not_read_as_one(String field, String damaged) {
    CampaignId id = campaign().with("ledger", KeyForm.mark(LEDGER)).with(field, damaged).id();
    assertThat(keyspace.config(LEDGER, config(id))).isEmpty();
  }

  private static Campaign config(CampaignId id) {
    return new Campaign(id, "Known", Stock.unlimited(), Campaigns.OPEN, CampaignState.ACTIVE, 1)
        .withCodes(Codes.GENERATED)
        .withValidity(new Validity(null, null, Duration.ofDays(14)));
  }

  @Test
  void a_holder_is_found_with_the_time_while_the_log_has_it() {
    ScriptedCampaign campaign = campaign().given("a").givenTogether("d", "b", "e");
    redis.root().xdel(campaign.keys().log(), "7-1");
    assertThat(keyspace.find(campaign.id(), "a")).hasValue(new Held(7, 1, Optional.empty()));
    assertThat(keyspace.find(campaign.id(), "b")).hasValue(new Held(7, 3, Optional.of(SECOND)));
    assertThat(keyspace.find(campaign.id(), "c")).isEmpty();
  }

  @Test
  void more_than_a_page_of_holders_and_entries_is_read_whole() {
    int many = 2_500;
    ScriptedCampaign campaign = campaign().with("total", "unlimited");
    String[] users = IntStream.rangeClosed(1, many).mapToObj(i -> "u" + i).toArray(String[]::new);
    for (int from = 0; from < many; from += 20) {
      campaign.reserve(Arrays.copyOfRange(users, from, from + 20));
    }
    List<Holding> held = new ArrayList<>();
    keyspace.forEachIssued(campaign.id(), held::addAll);
    assertThat(held).hasSize(many).contains(new Holding("u1", 1), new Holding("u2500", 2_500));
    List<Reservation> logged = new ArrayList<>();
    keyspace.forEachLogged(campaign.id(), logged::addAll);
    assertThat(logged)
        .extracting(Reservation::sequence)
        .isEqualTo(IntStream.rangeClosed(1, many).mapToObj(i -> (long) i).toList());
  }

  @Test
  void whoever_fenced_last_holds_the_fence() {
    CampaignId id = campaign().id();
    assertThat(keyspace.isFenced(id, 7)).isFalse();
    assertThat(keyspace.fence(id, "L", 8)).isTrue();
    assertThat(keyspace.isFenced(id, 8)).isTrue();
    assertThat(keyspace.fence(id, "L", 9)).isTrue();
    assertThat(keyspace.isFenced(id, 8)).isFalse();
    assertThat(keyspace.fence(id, "L", 8)).isFalse();
  }

  private static ScriptedCampaign campaign() {
    return new ScriptedCampaign(redis);
  }
}
