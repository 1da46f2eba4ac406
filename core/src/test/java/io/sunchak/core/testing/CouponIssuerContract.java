package io.sunchak.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.Closed;
import io.sunchak.core.IssueOutcome.NotOpen;
import io.sunchak.core.IssueOutcome.Paused;
import io.sunchak.core.IssueOutcome.SoldOut;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Stock;
import io.sunchak.core.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every way of issuing must do, told from the user's side. Implement it next to an issuer,
 * with an {@link InvariantChecker} beside.
 */
public interface CouponIssuerContract {

  /** Where to issue: usually {@link InvariantChecker#stage()}, which notes raises. */
  IssueStage stage();

  default CouponIssuer issuer() {
    return stage().issuer();
  }

  /** All the nodes, each on its own, that issue for the same campaigns. */
  default List<CouponIssuer> nodes() {
    return List.of(issuer());
  }

  @Test
  default void the_first_user_gets_sequence_1() {
    Campaign campaign = opened(10);
    assertThat(ask(campaign, "first"))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.sequence()).isOne();
              assertThat(accepted.acceptedAt()).isAfter(campaign.window().opensAt());
            });
  }

  @Test
  default void requests_one_after_the_other_are_numbered_in_their_order() {
    Campaign campaign = opened(20);
    List<Long> sequences =
        IntStream.rangeClosed(1, 20).mapToObj(i -> accepted(ask(campaign, "user-" + i))).toList();
    assertThat(sequences).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  default void a_repeat_is_answered_with_the_first_sequence() {
    Campaign campaign = opened(10);
    ask(campaign, "before");
    ask(campaign, "again");
    ask(campaign, "after");
    assertThat(ask(campaign, "again")).isEqualTo(new AlreadyIssued(2));
    assertThat(ask(campaign, "again")).isEqualTo(new AlreadyIssued(2));
  }

  @Test
  default void the_same_user_many_times_at_once_gets_one_coupon() {
    Campaign campaign = opened(10);
    List<CompletionStage<IssueOutcome>> burst =
        IntStream.range(0, 10).mapToObj(i -> send(campaign.id(), "eager")).toList();
    List<IssueOutcome> answers = burst.stream().map(CouponIssuerContract::await).toList();
    assertThat(answers).filteredOn(Accepted.class::isInstance).hasSize(1);
    assertThat(answers).filteredOn(new AlreadyIssued(1)::equals).hasSize(9);
    assertThat(accepted(ask(campaign, "next"))).isEqualTo(2);
  }

  @Test
  default void it_is_sold_out_exactly_at_the_stock_and_holders_still_find_theirs() {
    Campaign campaign = opened(3);
    for (String user : List.of("a", "b", "c")) {
      assertThat(ask(campaign, user)).isInstanceOf(Accepted.class);
    }
    assertThat(ask(campaign, "d")).isEqualTo(new SoldOut());
    assertThat(ask(campaign, "d")).isEqualTo(new SoldOut());
    assertThat(ask(campaign, "b")).isEqualTo(new AlreadyIssued(2));
  }

  @Test
  default void a_raise_lets_further_users_in() {
    Campaign campaign = opened(2);
    ask(campaign, "a");
    ask(campaign, "b");
    assertThat(ask(campaign, "c")).isEqualTo(new SoldOut());
    stage().change(Campaigns.withStock(campaign, Stock.of(3)));
    assertThat(accepted(ask(campaign, "c"))).isEqualTo(3);
    assertThat(ask(campaign, "d")).isEqualTo(new SoldOut());
  }

  @Test
  default void an_unlimited_stock_is_never_sold_out() {
    Campaign campaign = created(Campaigns.in(Campaigns.OPEN, Stock.unlimited()));
    List<CompletionStage<IssueOutcome>> sent =
        IntStream.range(0, 300).mapToObj(i -> send(campaign.id(), "user-" + i)).toList();
    assertThat(sent.stream().map(CouponIssuerContract::await).map(this::accepted))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 300).boxed().toList());
  }

  @Test
  default void before_the_window_nobody_gets_one_and_hears_when_it_opens() {
    Campaign campaign = created(Campaigns.in(Campaigns.NOT_YET_OPEN, Stock.of(10)));
    NotOpen notOpen = new NotOpen(Campaigns.NOT_YET_OPEN.opensAt());
    assertThat(ask(campaign, "early")).isEqualTo(notOpen);
    assertThat(ask(campaign, "early")).isEqualTo(notOpen);
  }

  @Test
  default void after_the_window_it_is_closed() {
    Campaign campaign = created(Campaigns.in(Campaigns.ENDED, Stock.of(10)));
    assertThat(ask(campaign, "late")).isEqualTo(new Closed());
  }

  @Test
  default void while_paused_only_holders_hear_of_a_coupon_and_a_resume_goes_on() {
    Campaign campaign = opened(10);
    ask(campaign, "holder");
    stage().change(campaign.withState(CampaignState.PAUSED));
    assertThat(ask(campaign, "other")).isEqualTo(new Paused());
    assertThat(ask(campaign, "holder")).isEqualTo(new AlreadyIssued(1));
    stage().change(campaign.withState(CampaignState.ACTIVE));
    assertThat(accepted(ask(campaign, "other"))).isEqualTo(2);
  }

  @Test
  default void after_the_close_only_holders_hear_of_a_coupon() {
    Campaign campaign = opened(10);
    ask(campaign, "holder");
    stage().change(campaign.withState(CampaignState.CLOSED));
    assertThat(ask(campaign, "other")).isEqualTo(new Closed());
    assertThat(ask(campaign, "holder")).isEqualTo(new AlreadyIssued(1));
  }

  @Test
  default void a_campaign_that_nobody_created_is_not_found() {
    assertThat(await(send(Campaigns.freshId(), "lost"))).isEqualTo(new CampaignNotFound());
  }

  @ParameterizedTest
  @MethodSource("io.sunchak.core.testing.CouponIssuerContract#unusualUsers")
  default void an_unusual_user_id_is_kept_byte_for_byte(String user) {
    Campaign campaign = opened(10);
    assertThat(accepted(ask(campaign, user))).isOne();
    assertThat(ask(campaign, user)).isEqualTo(new AlreadyIssued(1));
    assertThat(stage().drained(campaign.id()).rows().getFirst().user()).isEqualTo(user);
  }

  @Test
  default void ids_that_differ_in_case_alone_are_two_users() {
    Campaign campaign = opened(10);
    assertThat(accepted(ask(campaign, "kim"))).isOne();
    assertThat(accepted(ask(campaign, "Kim"))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  default void many_users_at_once_exhaust_the_stock_exactly(long seed) {
    Contention contention = Contention.drawn(seed);
    created(contention.campaign());
    contention.fire(nodes()).assertExhausted();
    assertThat(stage().drained(contention.campaign().id()).rows()).hasSize(contention.stock());
  }

  /**
   * Allowed by {@link UserId}, and each with something that an engine or a parser may trip over.
   */
  static Stream<String> unusualUsers() {
    return Stream.of(
        "auth0|5f7c8ec7c33c6c004bbafe82",
        "https://id.example.org/users/7?x=%00&y='1",
        "\"quoted\"",
        "{brace}",
        "-1",
        "0",
        "$1:\\x00;--",
        "A".repeat(128),
        "!~".repeat(64));
  }

  private Campaign opened(long stock) {
    return created(Campaigns.open(stock));
  }

  private Campaign created(Campaign campaign) {
    stage().create(campaign);
    return campaign;
  }

  private IssueOutcome ask(Campaign campaign, String user) {
    return await(send(campaign.id(), user));
  }

  private CompletionStage<IssueOutcome> send(CampaignId campaign, String user) {
    return issuer().issue(new IssueRequest(campaign, new UserId(user)));
  }

  private long accepted(IssueOutcome outcome) {
    assertThat(outcome).isInstanceOf(Accepted.class);
    return ((Accepted) outcome).sequence();
  }

  private static IssueOutcome await(CompletionStage<IssueOutcome> sent) {
    return sent.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
