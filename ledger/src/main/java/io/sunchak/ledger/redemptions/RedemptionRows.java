package io.sunchak.ledger.redemptions;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CodePlace;
import io.sunchak.core.Codes;
import io.sunchak.core.Coupon;
import io.sunchak.core.ledger.RedemptionLedger.Cancel;
import io.sunchak.core.ledger.RedemptionLedger.Cancelled;
import io.sunchak.core.ledger.RedemptionLedger.Expired;
import io.sunchak.core.ledger.RedemptionLedger.NotYetValid;
import io.sunchak.core.ledger.RedemptionLedger.OrderCancelled;
import io.sunchak.core.ledger.RedemptionLedger.Redeem;
import io.sunchak.core.ledger.RedemptionLedger.Redeemed;
import io.sunchak.core.ledger.RedemptionLedger.Redemption;
import io.sunchak.core.ledger.RedemptionLedger.RedemptionId;
import io.sunchak.core.ledger.RedemptionLedger.Revoke;
import io.sunchak.core.ledger.RedemptionLedger.Revoked;
import io.sunchak.core.ledger.RedemptionLedger.State;
import io.sunchak.core.ledger.RedemptionLedger.Status;
import io.sunchak.core.ledger.RedemptionLedger.TakenByOther;
import io.sunchak.ledger.rows.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the rows of {@link RedemptionSql}. */
final class RedemptionRows {
  private RedemptionRows() {}

  static Status status(ResultSet row) throws SQLException {
    State state = state(row);
    boolean coded = Codes.valueOf(row.getString("codes")) != Codes.NONE;
    long sequence = row.getLong("seq");
    return new Status(
        new Coupon(
            campaign(row),
            sequence,
            row.getString("user_id"),
            Columns.instant(row, "accepted_at"),
            Columns.instant(row, "issued_at")),
        coded ? new CodePlace(row.getLong("code_space"), sequence) : null,
        Columns.optional(row, "valid_from"),
        Columns.optional(row, "ends_at"),
        state,
        state == State.REDEEMED
            ? redemption(row, row.getInt("n"), row.getString("order_id"), "at")
            : null,
        state == State.REVOKED ? revoked(row) : null);
  }

  private static State state(ResultSet row) throws SQLException {
    String act = row.getString("act");
    if (act != null && !act.equals("CANCELLED")) {
      return State.valueOf(act);
    }
    Instant end = Columns.optional(row, "ends_at");
    boolean ended = end != null && !end.isAfter(Columns.instant(row, "now"));
    return ended ? State.EXPIRED : State.ISSUED;
  }

  /** Null if another act came in between. */
  static @Nullable Redeem redeem(ResultSet row, String orderId) throws SQLException {
    Integer own = row.getObject("own_n", Integer.class);
    if (own != null) {
      return row.getInt("n") > own
          ? new OrderCancelled()
          : new Redeemed(redemption(row, own, orderId, "own_at"), true);
    }
    Integer done = row.getObject("done_n", Integer.class);
    if (done != null) {
      return new Redeemed(redemption(row, done, orderId, "done_at"), false);
    }
    return switch (state(row)) {
      case REDEEMED -> new TakenByOther(Columns.instant(row, "at"));
      case REVOKED -> revoked(row);
      case EXPIRED -> new Expired(Columns.instant(row, "ends_at"));
      case ISSUED -> early(row);
    };
  }

  private static @Nullable Redeem early(ResultSet row) throws SQLException {
    Instant from = Columns.optional(row, "valid_from");
    return from != null && from.isAfter(Columns.instant(row, "now")) ? new NotYetValid(from) : null;
  }

  /** Null if another act came in between. */
  static @Nullable Cancel cancel(ResultSet row) throws SQLException {
    Instant at = Columns.optional(row, "cancelled_at");
    return at == null
        ? null
        : new Cancelled(redemption(row, row.getInt("n"), row.getString("order_id"), "at"), at);
  }

  /** Null if another act came in between. */
  static @Nullable Revoke revoke(ResultSet row, String reason) throws SQLException {
    Instant done = Columns.optional(row, "done_at");
    if (done != null) {
      return new Revoked(done, reason);
    }
    return switch (row.getString("act")) {
      case "REDEEMED" -> new TakenByOther(Columns.instant(row, "at"));
      case "REVOKED" -> revoked(row);
      case null, default -> null;
    };
  }

  private static Revoked revoked(ResultSet row) throws SQLException {
    return new Revoked(Columns.instant(row, "at"), row.getString("reason"));
  }

  private static Redemption redemption(ResultSet row, int act, String orderId, String at)
      throws SQLException {
    return new Redemption(
        new RedemptionId(campaign(row), row.getLong("seq"), act),
        row.getString("user_id"),
        orderId,
        Columns.instant(row, at));
  }

  private static CampaignId campaign(ResultSet row) throws SQLException {
    return new CampaignId(row.getString("campaign_id"));
  }
}
