package io.sunchak.ledger.redemptions;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CodePlace;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.RedemptionLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Batch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Redemptions in PostgreSQL. Triggers refuse changes of what was written. */
public final class JdbcRedemptionLedger implements RedemptionLedger {
  /** An act that lost against another one sees that one the next time. */
  private static final int TRIES = 10;

  private final LedgerDatabase database;

  public JdbcRedemptionLedger(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public Redeem redeem(Named coupon, String orderId, String actor) {
    return decided(() ->
        named(coupon)
            .param("order", orderId)
            .param("actor", Batch.storable(actor))
            .query((row, n) -> Optional.ofNullable(RedemptionRows.redeem(row, orderId)))
            .optional()
            .orElse(Optional.of(new NoCoupon())));
  }

  private StatementSpec named(Named coupon) {
    return switch (coupon) {
      case Named.ByCode(var place) ->
          sql(RedemptionSql.REDEEM.formatted(RedemptionSql.BY_CODE))
              .param("space", place.space())
              .param("seq", place.sequence());
      case Named.ByUser(var campaign, var user) ->
          sql(RedemptionSql.REDEEM.formatted(RedemptionSql.BY_USER))
              .param("id", campaign.value())
              .param("user", user.value());
    };
  }

  @Override
  public Cancel cancel(RedemptionId redemption, String actor) {
    return decided(() ->
        sql(RedemptionSql.CANCEL)
            .param("id", redemption.campaign().value())
            .param("seq", redemption.sequence())
            .param("n", redemption.act())
            .param("actor", Batch.storable(actor))
            .query((row, n) -> Optional.ofNullable(RedemptionRows.cancel(row)))
            .optional()
            .orElse(Optional.of(new NoRedemption())));
  }

  @Override
  public Revoke revoke(CampaignId campaign, long sequence, String reason, String actor) {
    return decided(() ->
        sql(RedemptionSql.REVOKE)
            .param("id", campaign.value())
            .param("seq", sequence)
            .param("reason", Batch.storable(reason))
            .param("actor", Batch.storable(actor))
            .query((row, n) -> Optional.ofNullable(RedemptionRows.revoke(row, reason)))
            .optional()
            .orElse(Optional.of(new NoCoupon())));
  }

  @Override
  public Optional<Status> find(CampaignId campaign, String user) {
    return LedgerErrors.call(() ->
        sql(RedemptionSql.STATUS + " WHERE " + RedemptionSql.BY_USER)
            .param("id", campaign.value())
            .param("user", Batch.storable(user))
            .query((row, n) -> RedemptionRows.status(row))
            .optional());
  }

  @Override
  public Optional<Status> find(CodePlace code) {
    return LedgerErrors.call(() ->
        sql(RedemptionSql.STATUS + " WHERE " + RedemptionSql.BY_CODE)
            .param("space", code.space())
            .param("seq", code.sequence())
            .query((row, n) -> RedemptionRows.status(row))
            .optional());
  }

  @Override
  public OptionalLong codeSpace(CampaignId campaign) {
    return LedgerErrors.call(() ->
        sql("SELECT code_space FROM campaign WHERE id = :id AND codes <> 'NONE'")
            .param("id", campaign.value())
            .query(Long.class)
            .optional()
            .map(OptionalLong::of)
            .orElseGet(OptionalLong::empty));
  }

  @Override
  public List<Status> page(CampaignId campaign, long after, int limit) {
    return LedgerErrors.call(() ->
        database.inOrder(() ->
            sql(RedemptionSql.STATUS
                    + " WHERE k.campaign_id = :id AND c.id = :id AND k.seq > :after ORDER BY k.seq LIMIT :limit")
                .param("id", campaign.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> RedemptionRows.status(row))
                .list()));
  }

  private StatementSpec sql(String statement) {
    return database.jdbc().sql(statement);
  }

  /** Asks again while the answer is empty, because another act came in between. */
  private static <T> T decided(Supplier<Optional<T>> act) {
    for (int i = 0; i < TRIES; i++) {
      Optional<T> outcome = LedgerErrors.call(act);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new LedgerException("others act on this coupon without end", null);
  }
}
