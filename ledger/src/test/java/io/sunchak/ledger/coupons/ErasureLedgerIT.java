package io.sunchak.ledger.coupons;

import static io.sunchak.core.testing.LedgerContract.arrived;
import static io.sunchak.core.testing.LedgerContract.holds;
import static io.sunchak.core.testing.LedgerContract.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.core.ledger.ErasureLedger;
import io.sunchak.core.ledger.ErasureLedger.Traces;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.RedemptionLedger;
import io.sunchak.core.ledger.RedemptionLedger.Named;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.audit.JdbcAuditLedger;
import io.sunchak.ledger.failures.JdbcFailureLedger;
import io.sunchak.ledger.redemptions.JdbcRedemptionLedger;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person leaves the ledger, and only that: every other rewrite is refused as before. */
@ExtendWith(LedgerExtension.class)
final class ErasureLedgerIT {
  private static final String PSEUDONYM = "erased-" + "abcdefghijklmnopqrstuvw234";

  private final JdbcLedger ledger;
  private final ErasureLedger erasures;
  private final AuditLedger audits;
  private final Operator operator;

  ErasureLedgerIT(JdbcLedger ledger, EmbeddedEngines engines) {
    this.ledger = ledger;
    this.erasures = new JdbcErasureLedger(ledger.database());
    this.audits = new JdbcAuditLedger(ledger.database());
    this.operator = Operator.of(engines);
  }

  /** An id that stands nowhere else, also in no word. */
  private static UserId somebody() {
    return new UserId("ann.(+)$|" + UUID.randomUUID());
  }

  /** With a coupon that was redeemed and revoked, and a trace in each other table. */
  private CampaignId archivedWith(UserId user) throws SQLException {
    CampaignId campaign = ledger.created(Stock.of(10));
    String id = campaign.value();
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, user.value(), "bob"));
    RedemptionLedger coupons = new JdbcRedemptionLedger(ledger.database());
    coupons.redeem(new Named.ByUser(campaign, user), "order-of-" + user, "shop");
    operator.run(
        "INSERT INTO coupon_act (campaign_id, seq, n, act, actor) VALUES (?, 1, 2, 'CANCELLED', ?)",
        id,
        user.value());
    coupons.revoke(campaign, 1, "because " + user + " asked", "mina");
    coupons.revoke(campaign, 2, "a test", "mina");
    operator.run(
        """
        INSERT INTO drift (campaign_id, epoch, user_id, claimed, settled, kind)
        SELECT ?, 1, ?, 1, 1, kind FROM unnest(ARRAY['RECLAIMED', 'SILENT']) kind
        """,
        id,
        user.value());
    operator.run(
        "INSERT INTO sighting (campaign_id, node, epoch, seq, user_id) VALUES (?, 'n', 1, 1, ?)",
        id,
        user.value());
    operator.run(
        "INSERT INTO hand_over (campaign_id, seq, user_id, accepted_at) VALUES (?, 1, ?, now())",
        id,
        user.value());
    ledger.campaigns().archive(campaign);
    return campaign;
  }

  @Test
  void the_pseudonym_stands_everywhere_and_nothing_else_has_changed() throws SQLException {
    UserId user = somebody();
    CampaignId campaign = archivedWith(user);
    List<String> before = rows(campaign);

    // A coupon, three acts, two audit entries, and one of each other table.
    assertThat(erasures.erase(campaign, user, PSEUDONYM)).isEqualTo(9);

    assertThat(rows(campaign))
        .containsExactlyInAnyOrderElementsOf(
            before.stream().map(row -> row.replace(user.value(), PSEUDONYM)).toList());
    assertThat(
            operator.ask(
                "SELECT user_id FROM drift WHERE campaign_id = ? AND kind = 'SILENT'",
                campaign.value()))
        .as("a node of that name")
        .isEqualTo(user.value());
    assertThat(ledger.held(campaign)).containsExactly(holds(PSEUDONYM, 1), holds("bob", 2));
    assertThat(erasures.erase(campaign, user, PSEUDONYM)).isZero();
    assertThat(erasures.traces(user)).isEqualTo(new Traces(List.of(), List.of()));
  }

  @Test
  void a_failure_is_erased_with_its_reason_and_the_entry_of_its_discard() throws SQLException {
    UserId user = somebody();
    CampaignId campaign = ledger.created(Stock.of(10));
    ledger
        .drain()
        .appendFailure(campaign, 0, 0, one(0, 1, user.value()), "row of " + user + ", refused");
    new JdbcFailureLedger(ledger.database()).discard(campaign, 1, "so says " + user, "mina");
    ledger.campaigns().archive(campaign);

    assertThat(erasures.erase(campaign, user, PSEUDONYM)).isEqualTo(2);

    assertThat(operator.ask("SELECT reason FROM failure WHERE campaign_id = ?", campaign.value()))
        .isEqualTo("row of " + PSEUDONYM + ", refused");
    assertThat(detail(campaign)).isEqualTo("number 1, " + PSEUDONYM + ": so says " + PSEUDONYM);
    assertThat(operator.ask("SELECT state FROM failure WHERE campaign_id = ?", campaign.value()))
        .isEqualTo("DISCARDED");
  }

  /** An id that looks like a part of other texts. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "number", "order", ",", ":", "a,b:c"})
  void numbers_stay_whatever_the_id_looks_like(String id) {
    UserId user = new UserId(id);
    CampaignId campaign = ledger.created(Stock.of(10));
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, id, id + "x"));
    RedemptionLedger coupons = new JdbcRedemptionLedger(ledger.database());
    coupons.redeem(new Named.ByUser(campaign, user), "A-7", "shop");
    coupons.redeem(new Named.ByUser(campaign, new UserId(id + "x")), "A-8", "shop");
    ledger.campaigns().archive(campaign);

    assertThat(erasures.erase(campaign, user, PSEUDONYM)).isEqualTo(2);

    assertThat(audits.page(campaign, Long.MAX_VALUE, 10))
        .extracting(entry -> entry.act().detail())
        .satisfiesExactly(
            other -> assertThat(other).isEqualTo("number 2, " + id + "x, order A-8"),
            own -> assertThat(own).startsWith("number 1, " + PSEUDONYM).contains("A-7"));
  }

  @Test
  void what_is_not_archived_is_named_and_stays() {
    UserId user = somebody();
    CampaignId open = ledger.created(Stock.of(10));
    ledger.drain().append(open, 0, 0, arrived(0, 1, user.value()));

    assertThat(erasures.traces(user)).isEqualTo(new Traces(List.of(), List.of(open)));
    assertThatThrownBy(() -> erasures.erase(open, user, PSEUDONYM))
        .isInstanceOf(LedgerException.class);
    assertThat(ledger.held(open)).containsExactly(holds(user.value(), 1));
  }

  /** By a superuser; {@code ann} is the user of number 1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE coupon SET user_id = 'eve'",
        "UPDATE coupon SET user_id = 'erased-short'",
        "UPDATE coupon SET user_id = 'x' || '%2$s'",
        "UPDATE coupon SET user_id = '%2$s', accepted_at = now() WHERE campaign_id = '%1$s'",
        "UPDATE coupon SET seq = seq + 10 WHERE campaign_id = '%1$s'",
        "UPDATE coupon SET issued_at = now() WHERE false",
        """
        INSERT INTO coupon (campaign_id, seq, user_id, accepted_at) VALUES ('%1$s', 1, 'eve', now())
        ON CONFLICT (campaign_id, seq) DO UPDATE SET user_id = excluded.user_id\
        """,
        "UPDATE coupon_act SET n = 9 WHERE false",
        "UPDATE coupon_act SET actor = 'eve' WHERE campaign_id = '%1$s'",
        "UPDATE coupon_act SET reason = 'another' WHERE campaign_id = '%1$s'",
        "UPDATE coupon_act SET reason = '%2$s, and more' WHERE campaign_id = '%1$s' AND act = 'REVOKED'",
        "UPDATE audit SET at = now() WHERE false",
        "UPDATE audit SET actor = '%2$s' WHERE campaign_id = '%1$s'",
        "UPDATE audit SET detail = 'nothing' WHERE campaign_id = '%1$s'",
        "UPDATE audit SET detail = '%2$s' WHERE campaign_id = '%1$s'",
        "UPDATE audit SET detail = replace(detail, 'number 1, ', 'number 7, ') WHERE campaign_id = '%1$s'",
        "UPDATE audit SET detail = replace(detail, 'number 1, ann', 'number 2, %2$s') WHERE campaign_id = '%1$s'",
        "SELECT erase_user('%1$s', 'ann', 'eve')"
      })
  void every_other_rewrite_of_an_archived_campaign_is_refused(String sql) throws SQLException {
    UserId user = new UserId("ann");
    CampaignId campaign = archivedWith(user);
    List<String> before = rows(campaign);

    assertRefused(sql.formatted(campaign, PSEUDONYM));

    assertThat(rows(campaign)).containsExactlyInAnyOrderElementsOf(before);
  }

  /** A pseudonym alone is no licence. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE coupon SET user_id = '%2$s' WHERE campaign_id = '%1$s'",
        "UPDATE coupon_act SET actor = '%2$s' WHERE campaign_id = '%1$s'",
        "UPDATE audit SET detail = replace(detail, 'ann', '%2$s') WHERE campaign_id = '%1$s'"
      })
  void of_a_campaign_that_is_not_archived_nothing_is_rewritten(String sql) {
    CampaignId campaign = ledger.created(Stock.of(10));
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann"));
    UserId user = new UserId("ann");
    new JdbcRedemptionLedger(ledger.database())
        .redeem(new Named.ByUser(campaign, user), "A-1", "shop");

    assertRefused(sql.formatted(campaign, PSEUDONYM));
  }

  private List<String> rows(CampaignId campaign) throws SQLException {
    return operator
        .all(
            """
            SELECT to_jsonb(t)::text FROM coupon t WHERE campaign_id = '%1$s'
            UNION ALL SELECT to_jsonb(t)::text FROM failure t WHERE campaign_id = '%1$s'
            UNION ALL SELECT to_jsonb(t)::text FROM coupon_act t WHERE campaign_id = '%1$s'
            UNION ALL SELECT to_jsonb(t)::text FROM drift t WHERE campaign_id = '%1$s' AND kind <> 'SILENT'
            UNION ALL SELECT to_jsonb(t)::text FROM sighting t WHERE campaign_id = '%1$s'
            UNION ALL SELECT to_jsonb(t)::text FROM hand_over t WHERE campaign_id = '%1$s'
            UNION ALL SELECT to_jsonb(t)::text FROM audit t WHERE campaign_id = '%1$s'
            """
                .formatted(campaign))
        .lines()
        .toList();
  }

  private void assertRefused(String sql) {
    assertThatThrownBy(() -> operator.run(sql))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("SU002"));
  }

  private String detail(CampaignId campaign) {
    return audits.page(campaign, Long.MAX_VALUE, 1).getFirst().act().detail();
  }
}
