package io.sunchak.ledger.coupons;

import static io.sunchak.core.testing.LedgerContract.ACCEPTED_AT;
import static io.sunchak.core.testing.LedgerContract.arrived;
import static io.sunchak.core.testing.LedgerContract.holds;
import static io.sunchak.core.testing.LedgerContract.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Holding;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LedgerExtension.class)
final class CouponLedgerIT {
  private static final String[] AWKWARD = {
    "auth0|5f7c8ec7c33c6c004bbafe82",
    "https://id.example/users/7?a=b&c=%20",
    "o'brien@example.org",
    "{\"a\",NULL}",
    "NULL",
    "null",
    "\\",
    "\\0",
    ":id",
    "?",
    "$1",
    "--",
    "!",
    "~".repeat(128)
  };

  private final JdbcLedger ledger;
  private final CouponLedger coupons;
  private final Operator operator;
  private final CampaignId campaign;

  CouponLedgerIT(JdbcLedger ledger, EmbeddedEngines engines) {
    this.ledger = ledger;
    this.coupons = ledger.coupons();
    this.operator = Operator.of(engines);
    this.campaign = ledger.created(Stock.of(100));
  }

  @Test
  void a_coupon_is_found_by_its_holder_with_both_times() throws SQLException {
    Instant before = now();
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann", "bob"));

    Coupon found = coupons.find(campaign, "bob").orElseThrow();

    assertThat(found).isEqualTo(new Coupon(campaign, 2, "bob", ACCEPTED_AT, found.issuedAt()));
    assertThat(found.issuedAt()).isBetween(before, now());
    assertThat(coupons.find(ledger.created(Stock.of(1)), "bob")).isEmpty();
  }

  /** The ledger's clock in milliseconds, which is how finely it keeps a coupon's times. */
  private Instant now() throws SQLException {
    String now = operator.ask("SELECT to_json(clock_timestamp()) #>> '{}'");
    return Instant.parse(now.replace("+00:00", "Z")).truncatedTo(ChronoUnit.MILLIS);
  }

  @Test
  void awkward_users_are_kept_and_found_as_they_are() {
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, AWKWARD));

    List<Holding> all = new ArrayList<>();
    for (int i = 0; i < AWKWARD.length; i++) {
      all.add(holds(AWKWARD[i], i + 1));
    }
    assertThat(coupons.page(campaign, 0, 100)).extracting(Coupon::user).containsExactly(AWKWARD);
    assertThat(coupons.committed(campaign, all)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(all)
        .allSatisfy(holder ->
            assertThat(coupons.find(campaign, holder.user()))
                .hasValueSatisfying(
                    coupon -> assertThat(coupon.sequence()).isEqualTo(holder.sequence())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ANN", "ann ", "an", "ann\0", "a%", "", "아무도"})
  void somebody_else_is_not_found(String user) {
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann"));

    assertThat(coupons.find(campaign, user)).isEmpty();
    assertThat(coupons.findFailure(campaign, user)).isEmpty();
    assertThat(coupons.committed(campaign, List.of(holds(user, 1)))).isEmpty();
  }

  @Test
  void committed_asks_for_user_and_number_together() {
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann", "bob"));
    ledger.drain().appendFailure(campaign, 0, 2, one(0, 3, "two words"), "refused");

    assertThat(
            coupons.committed(
                campaign,
                List.of(holds("ann", 1), holds("ann", 2), holds("bob", 1), holds("two words", 3))))
        .containsExactly(holds("ann", 1));
    assertThat(coupons.committed(campaign, List.of())).isEmpty();
  }

  @Test
  void pages_come_in_order_of_sequence_and_leave_failures_out() {
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, "zoe", "ann"));
    ledger.drain().appendFailure(campaign, 0, 2, one(0, 3, "two words"), "refused");
    ledger.drain().append(campaign, 0, 3, arrived(0, 4, "bob", "cid"));

    assertThat(coupons.page(campaign, 0, 3))
        .extracting(Coupon::sequence)
        .containsExactly(1L, 2L, 4L);
    assertThat(coupons.page(campaign, 4, 3)).extracting(Coupon::user).containsExactly("cid");
    assertThat(coupons.page(campaign, 5, 3)).isEmpty();
  }

  @Test
  void counts_tell_rows_failures_and_the_cursor_apart() {
    assertThat(coupons.counts(campaign)).isEqualTo(new CouponLedger.Counts(0, 0, 0));

    ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann", "bob"));
    ledger.drain().appendFailure(campaign, 0, 2, one(0, 3, "two words"), "refused");

    assertThat(coupons.counts(campaign)).isEqualTo(new CouponLedger.Counts(2, 1, 3));
    assertThatThrownBy(() -> coupons.counts(Campaigns.freshId()))
        .isInstanceOf(LedgerException.class);
  }

  @Test
  void a_failure_is_found_with_a_reason_that_fits() {
    String reason = "\0" + "x".repeat(2_000);
    ledger.drain().appendFailure(campaign, 0, 0, one(0, 1, "two words"), reason);

    assertThat(coupons.findFailure(campaign, "two words"))
        .contains(
            new CouponLedger.Failure(
                campaign, 1, "two words", ACCEPTED_AT, "\u2400" + "x".repeat(999), "OPEN"));
    assertThat(coupons.find(campaign, "two words")).isEmpty();
  }

  @Test
  void a_user_with_a_nul_is_kept_as_a_failure_and_mistaken_for_nobody() {
    ledger.drain().appendFailure(campaign, 0, 0, one(0, 1, "a\0"), "refused");
    ledger.drain().append(campaign, 0, 1, arrived(0, 2, "a\\0"));

    assertThat(coupons.findFailure(campaign, "a\0"))
        .hasValueSatisfying(failure -> assertThat(failure.user()).isEqualTo("a\u2400"));
    assertThat(coupons.findFailure(campaign, "a\\0")).isEmpty();
    assertThat(coupons.find(campaign, "a\0")).isEmpty();
  }
}
