package io.sunchak.ledger.redemptions;

import static io.sunchak.core.testing.LedgerContract.arrived;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CodePlace;
import io.sunchak.core.Codes;
import io.sunchak.core.Reservation;
import io.sunchak.core.UserId;
import io.sunchak.core.Validity;
import io.sunchak.core.ledger.AuditLedger.Entry;
import io.sunchak.core.ledger.RedemptionLedger;
import io.sunchak.core.ledger.RedemptionLedger.Cancelled;
import io.sunchak.core.ledger.RedemptionLedger.Expired;
import io.sunchak.core.ledger.RedemptionLedger.Named;
import io.sunchak.core.ledger.RedemptionLedger.NoCoupon;
import io.sunchak.core.ledger.RedemptionLedger.NoRedemption;
import io.sunchak.core.ledger.RedemptionLedger.NotYetValid;
import io.sunchak.core.ledger.RedemptionLedger.OrderCancelled;
import io.sunchak.core.ledger.RedemptionLedger.Redeem;
import io.sunchak.core.ledger.RedemptionLedger.Redeemed;
import io.sunchak.core.ledger.RedemptionLedger.Redemption;
import io.sunchak.core.ledger.RedemptionLedger.RedemptionId;
import io.sunchak.core.ledger.RedemptionLedger.Revoked;
import io.sunchak.core.ledger.RedemptionLedger.State;
import io.sunchak.core.ledger.RedemptionLedger.Status;
import io.sunchak.core.ledger.RedemptionLedger.TakenByOther;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.LedgerContract;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.audit.JdbcAuditLedger;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LedgerExtension.class)
final class RedemptionLedgerIT {
  private static final String SHOP = "shop";
  private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant AHEAD = Instant.parse("2099-01-01T00:00:00Z");

  private final JdbcLedger ledger;
  private final RedemptionLedger redemptions;
  private final Operator operator;

  RedemptionLedgerIT(JdbcLedger ledger, EmbeddedEngines engines) {
    this.ledger = ledger;
    this.redemptions = new JdbcRedemptionLedger(ledger.database());
    this.operator = Operator.of(engines);
  }

  /** A campaign of ann, bob and cid. */
  private CampaignId issued(Codes codes, Validity validity) {
    Campaign campaign = Campaigns.open(10).withCodes(codes).withValidity(validity);
    ledger.campaigns().create(campaign);
    ledger.drain().append(campaign.id(), 0, 0, arrived(0, 1, "ann", "bob", "cid"));
    return campaign.id();
  }

  private CampaignId issued() {
    return issued(Codes.GENERATED, Validity.ALWAYS);
  }

  private CampaignId acceptedLongAgo(Validity validity) {
    Campaign campaign = Campaigns.open(10).withValidity(validity);
    ledger.campaigns().create(campaign);
    ledger.drain().append(campaign.id(), 0, 0, List.of(new Reservation(0, 1, "ann", PAST)));
    return campaign.id();
  }

  private static Named of(CampaignId campaign, String user) {
    return new Named.ByUser(campaign, new UserId(user));
  }

  private Redemption redeemed(CampaignId campaign, String user, String order) {
    Redeem outcome = redemptions.redeem(of(campaign, user), order, SHOP);
    assertThat(outcome).isInstanceOf(Redeemed.class);
    return ((Redeemed) outcome).redemption();
  }

  private Status status(CampaignId campaign, String user) {
    return redemptions.find(campaign, user).orElseThrow();
  }

  @Test
  void a_coupon_is_redeemed_once_and_the_same_order_hears_the_same_again() {
    CampaignId campaign = issued();
    Status before = status(campaign, "bob");
    CodePlace place = requireNonNull(before.code());

    Redeem first = redemptions.redeem(new Named.ByCode(place), "order-1", SHOP);
    Redemption made = ((Redeemed) first).redemption();

    assertThat(before.state()).isEqualTo(State.ISSUED);
    assertThat(first).isEqualTo(new Redeemed(made, false));
    assertThat(made.id()).isEqualTo(new RedemptionId(campaign, 2, 1));
    assertThat(made.user()).isEqualTo("bob");
    assertThat(redemptions.redeem(of(campaign, "bob"), "order-1", SHOP))
        .isEqualTo(new Redeemed(made, true));
    assertThat(redemptions.redeem(new Named.ByCode(place), "order-2", SHOP))
        .isEqualTo(new TakenByOther(made.at()));
    Status after = status(campaign, "bob");
    assertThat(after.state()).isEqualTo(State.REDEEMED);
    assertThat(after.redemption()).isEqualTo(made);
    assertThat(after.revoked()).isNull();
    assertThat(after.coupon()).isEqualTo(before.coupon());
    assertThat(status(campaign, "ann").state()).isEqualTo(State.ISSUED);
  }

  @Test
  void what_is_not_there_is_no_coupon() {
    CampaignId campaign = issued();
    CampaignId bare = issued(Codes.NONE, Validity.ALWAYS);
    CodePlace place = requireNonNull(status(campaign, "ann").code());
    ledger.drain().appendFailure(campaign, 0, 3, LedgerContract.one(0, 4, "two words"), "refused");

    for (Named other :
        List.of(
            of(campaign, "dan"),
            of(Campaigns.freshId(), "ann"),
            new Named.ByCode(new CodePlace(place.space(), 4)),
            new Named.ByCode(new CodePlace(place.space(), 0)),
            new Named.ByCode(CodePlace.NOWHERE))) {
      assertThat(redemptions.redeem(other, "order-1", SHOP)).isEqualTo(new NoCoupon());
    }
    assertThat(status(bare, "ann").code()).isNull();
    assertThat(redemptions.revoke(campaign, 4, "why", SHOP)).isEqualTo(new NoCoupon());
    assertThat(redemptions.cancel(new RedemptionId(campaign, 1, 1), SHOP))
        .isEqualTo(new NoRedemption());
  }

  @Test
  void campaigns_without_codes_cannot_be_reached_by_one() throws SQLException {
    CampaignId bare = issued(Codes.NONE, Validity.ALWAYS);
    long space =
        Long.parseLong(operator.ask("SELECT code_space FROM campaign WHERE id = ?", bare.value()));

    assertThat(redemptions.redeem(new Named.ByCode(new CodePlace(space, 1)), "order-1", SHOP))
        .isEqualTo(new NoCoupon());
    assertThat(redeemed(bare, "ann", "order-1").id().sequence()).isEqualTo(1);
  }

  @Test
  void a_cancelled_redemption_frees_the_coupon_for_another_order_and_not_for_its_own() {
    CampaignId campaign = issued();
    Redemption first = redeemed(campaign, "ann", "order-1");

    Cancelled cancelled = (Cancelled) redemptions.cancel(first.id(), SHOP);

    assertThat(cancelled.redemption()).isEqualTo(first);
    assertThat(status(campaign, "ann").state()).isEqualTo(State.ISSUED);
    assertThat(redemptions.cancel(first.id(), SHOP)).isEqualTo(cancelled);
    assertThat(redemptions.redeem(of(campaign, "ann"), "order-1", SHOP))
        .isEqualTo(new OrderCancelled());
    Redemption second = redeemed(campaign, "ann", "order-2");
    assertThat(second.id().act()).isEqualTo(3);
    assertThat(redemptions.cancel(first.id(), SHOP)).isEqualTo(cancelled);
    assertThat(status(campaign, "ann").state()).as("the second stays").isEqualTo(State.REDEEMED);
  }

  @Test
  void a_revoked_coupon_stays_so_with_the_first_reason() {
    CampaignId campaign = issued();

    Revoked revoked = (Revoked) redemptions.revoke(campaign, 1, "a stolen card", "root");

    assertThat(revoked.reason()).isEqualTo("a stolen card");
    assertThat(redemptions.revoke(campaign, 1, "other", "root")).isEqualTo(revoked);
    assertThat(redemptions.redeem(of(campaign, "ann"), "order-1", SHOP)).isEqualTo(revoked);
    assertThat(status(campaign, "ann").state()).isEqualTo(State.REVOKED);
    Redemption bobs = redeemed(campaign, "bob", "order-1");
    assertThat(redemptions.revoke(campaign, 2, "late", "root"))
        .isEqualTo(new TakenByOther(bobs.at()));
  }

  @Test
  void a_coupon_can_be_redeemed_within_its_validity_alone() {
    CampaignId early = issued(Codes.NONE, new Validity(AHEAD, null, null));
    CampaignId late = issued(Codes.NONE, new Validity(null, PAST, null));
    CampaignId brief = acceptedLongAgo(new Validity(null, null, Duration.ofSeconds(1)));
    CampaignId fine = issued(Codes.NONE, new Validity(PAST, null, Duration.ofDays(40_000)));
    CampaignId shifted = issued(Codes.NONE, new Validity(AHEAD, null, Duration.ofDays(14)));

    assertThat(redemptions.redeem(of(early, "ann"), "order-1", SHOP))
        .isEqualTo(new NotYetValid(AHEAD));
    assertThat(redemptions.redeem(of(late, "ann"), "order-1", SHOP)).isEqualTo(new Expired(PAST));
    assertThat(status(late, "ann").state()).isEqualTo(State.EXPIRED);
    assertThat(redemptions.redeem(of(brief, "ann"), "order-1", SHOP))
        .isEqualTo(new Expired(PAST.plusSeconds(1)));
    assertThat(redeemed(fine, "ann", "order-1").user()).isEqualTo("ann");
    assertThat(status(shifted, "ann").validUntil()).isEqualTo(AHEAD.plus(Duration.ofDays(14)));
    assertThat(status(early, "ann").validUntil()).isNull();
    assertThat(redemptions.revoke(late, 1, "late", "root")).isInstanceOf(Revoked.class);
  }

  @Test
  void an_answer_that_was_lost_is_given_again_after_the_end_of_the_validity() {
    CampaignId campaign = issued();
    Redemption made = redeemed(campaign, "ann", "order-1");
    Campaign now = ledger.campaigns().find(campaign).orElseThrow();
    ledger.campaigns().change(1, now.withValidity(new Validity(null, PAST, null)));

    assertThat(redemptions.redeem(of(campaign, "ann"), "order-1", SHOP))
        .isEqualTo(new Redeemed(made, true));
    redemptions.cancel(made.id(), SHOP);
    assertThat(status(campaign, "ann").state()).isEqualTo(State.EXPIRED);
  }

  @Test
  void of_orders_at_once_one_wins_and_the_others_hear_when() throws Exception {
    CampaignId campaign = issued();
    for (String user : List.of("ann", "bob", "cid")) {
      List<Redeem> outcomes = atOnce(campaign, user, "order-");

      assertThat(outcomes).filteredOn(Redeemed.class::isInstance).hasSize(1);
      Instant at = requireNonNull(status(campaign, user).redemption()).at();
      assertThat(outcomes)
          .filteredOn(outcome -> !(outcome instanceof Redeemed))
          .hasSize(7)
          .containsOnly(new TakenByOther(at));
    }
  }

  private List<Redeem> atOnce(CampaignId campaign, String user, String order)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    return LedgerContract.atOnce(
        8, () -> redemptions.redeem(of(campaign, user), order + next.incrementAndGet(), SHOP));
  }

  @Test
  void the_same_order_at_once_is_made_once() throws Exception {
    CampaignId campaign = issued();

    List<Redeem> outcomes =
        LedgerContract.atOnce(8, () -> redemptions.redeem(of(campaign, "ann"), "order-1", SHOP));

    assertThat(outcomes).allMatch(Redeemed.class::isInstance);
    assertThat(outcomes).filteredOn(outcome -> !((Redeemed) outcome).repeated()).hasSize(1);
    assertThat(acts(campaign)).hasSize(1);
  }

  /** A winner whose transaction is open: the loser waits for its end, whichever it is. */
  @Test
  void an_order_waits_for_another_that_is_not_decided_yet() throws Exception {
    CampaignId campaign = issued();
    try (var other =
        operator.holding(
            "INSERT INTO coupon_act (campaign_id, seq, n, act, actor, order_id) VALUES (?, 1, 1, 'REDEEMED', 'x', 'x')",
            campaign.value())) {
      var waiting =
          CompletableFuture.supplyAsync(
              () -> redemptions.redeem(of(campaign, "ann"), "order-1", SHOP));
      await()
          .until(() ->
              operator
                  .ask(
                      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'WITH held AS%'")
                  .equals("1"));
      assertThat(waiting).isNotDone();
      other.rollback();

      assertThat(waiting.get()).isInstanceOf(Redeemed.class);
    }
  }

  @Test
  void pages_have_every_coupon_in_order_with_its_state() {
    CampaignId campaign = issued();
    redeemed(campaign, "bob", "order-1");
    redemptions.revoke(campaign, 3, "why", SHOP);

    assertThat(redemptions.page(campaign, 0, 2))
        .extracting(Status::state)
        .containsExactly(State.ISSUED, State.REDEEMED);
    assertThat(redemptions.page(campaign, 2, 2))
        .extracting(Status::state)
        .containsExactly(State.REVOKED);
    assertThat(redemptions.page(campaign, 3, 2)).isEmpty();
  }

  @Test
  void each_act_is_in_the_audit_once() {
    CampaignId campaign = issued();
    Redemption made = redeemed(campaign, "ann", "order-%s");
    redeemed(campaign, "ann", "order-%s");
    redemptions.redeem(of(campaign, "ann"), "order-2", SHOP);
    redemptions.cancel(made.id(), SHOP);
    redemptions.cancel(made.id(), SHOP);
    redemptions.revoke(campaign, 1, "why", "root");
    redemptions.revoke(campaign, 1, "again", "root");

    assertThat(acts(campaign))
        .containsExactly(
            "root COUPON_REVOKED number 1, ann: why",
            "shop REDEMPTION_CANCELLED number 1, ann, order order-%s",
            "shop COUPON_REDEEMED number 1, ann, order order-%s");
  }

  private List<String> acts(CampaignId campaign) {
    return new JdbcAuditLedger(ledger.database())
        .page(campaign, Long.MAX_VALUE, 100).stream()
            .map(Entry::act)
            .map(act -> act.actor() + " " + act.action() + " " + act.detail())
            .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE coupon_act SET order_id = 'mine'",
        "DELETE FROM coupon_act",
        "TRUNCATE coupon_act",
        "INSERT INTO coupon_act (campaign_id, seq, n, act, actor) VALUES ('x', 1, 1, 'REDEEMED', 'x')",
        "INSERT INTO coupon_act (campaign_id, seq, n, act, actor) VALUES ('x', 1, 1, 'REVOKED', 'x')",
        "UPDATE campaign SET valid_until = now(), valid_seconds = 1"
      })
  void the_tables_refuse_what_no_act_does(String statement) {
    redeemed(issued(), "ann", "order-1");

    assertThatThrownBy(() -> operator.run(statement)).isInstanceOf(SQLException.class);
  }
}
