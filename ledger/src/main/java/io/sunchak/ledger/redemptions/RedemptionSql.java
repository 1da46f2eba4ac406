package io.sunchak.ledger.redemptions;

/**
 * The statements. Each act is one of them: what it depends on is read, the act inserted on that
 * condition, and its line written into the audit. Of two at the same time both read the same number
 * of acts; the later one then inserts nothing, and is asked again.
 */
final class RedemptionSql {
  /** The newest act of coupon {@code k}. */
  private static final String LAST =
      """
      LEFT JOIN LATERAL (
        SELECT n, act, at, order_id, reason FROM coupon_act WHERE campaign_id = k.campaign_id AND seq = k.seq
        ORDER BY n DESC LIMIT 1) a ON true
      """;

  /** A coupon's own validity: the one place that says when it ends. */
  private static final String HELD =
      """
      k.*, c.codes, c.code_space, c.valid_from,
      CASE WHEN c.valid_seconds IS NULL THEN c.valid_until
           ELSE greatest(k.accepted_at, c.valid_from) + make_interval(secs => c.valid_seconds) END AS ends_at,
      a.n, a.act, a.at, a.order_id, a.reason, statement_timestamp() AS now
      """;

  static final String STATUS =
      "SELECT " + HELD + " FROM campaign c JOIN coupon k ON k.campaign_id = c.id " + LAST;

  static final String BY_CODE = "c.code_space = :space AND c.codes <> 'NONE' AND k.seq = :seq";
  static final String BY_USER = "c.id = :id AND k.user_id = :user";

  /** With a condition for c and k; {@code own} is the order's redemption of this coupon. */
  static final String REDEEM =
      """
      WITH held AS (
        SELECT %s, own.n AS own_n, own.at AS own_at
        FROM campaign c JOIN coupon k ON k.campaign_id = c.id %s
        LEFT JOIN coupon_act own
          ON own.campaign_id = k.campaign_id AND own.seq = k.seq AND own.order_id = :order
        WHERE %%s),
      done AS (
        INSERT INTO coupon_act (campaign_id, seq, n, act, actor, order_id)
        SELECT campaign_id, seq, coalesce(n, 0) + 1, 'REDEEMED', :actor, :order FROM held
        WHERE own_n IS NULL AND (act IS NULL OR act = 'CANCELLED')
          AND (valid_from IS NULL OR valid_from <= now) AND (ends_at IS NULL OR ends_at > now)
        ON CONFLICT DO NOTHING RETURNING n, at),
      told AS (
        INSERT INTO audit (actor, action, campaign_id, detail)
        SELECT :actor, 'COUPON_REDEEMED', campaign_id,
               format('number %%%%s, %%%%s, order %%%%s', seq, user_id, CAST(:order AS text)) FROM held, done)
      SELECT held.*, done.n AS done_n, done.at AS done_at FROM held LEFT JOIN done ON true
      """
          .formatted(HELD, LAST);

  /** After a redemption comes nothing but its cancellation. */
  static final String CANCEL =
      """
      WITH held AS (
        SELECT r.*, k.user_id, next.at AS next_at FROM coupon_act r
        JOIN coupon k ON k.campaign_id = r.campaign_id AND k.seq = r.seq
        LEFT JOIN coupon_act next
          ON next.campaign_id = r.campaign_id AND next.seq = r.seq AND next.n = r.n + 1
        WHERE r.campaign_id = :id AND r.seq = :seq AND r.n = :n AND r.act = 'REDEEMED'),
      done AS (
        INSERT INTO coupon_act (campaign_id, seq, n, act, actor)
        SELECT campaign_id, seq, n + 1, 'CANCELLED', :actor FROM held WHERE next_at IS NULL
        ON CONFLICT DO NOTHING RETURNING at),
      told AS (
        INSERT INTO audit (actor, action, campaign_id, detail)
        SELECT :actor, 'REDEMPTION_CANCELLED', campaign_id,
               format('number %s, %s, order %s', seq, user_id, order_id) FROM held, done)
      SELECT held.*, coalesce(next_at, done.at) AS cancelled_at FROM held LEFT JOIN done ON true
      """;

  static final String REVOKE =
      """
      WITH held AS (
        SELECT k.*, a.n, a.act, a.at, a.reason FROM coupon k %s
        WHERE k.campaign_id = :id AND k.seq = :seq),
      done AS (
        INSERT INTO coupon_act (campaign_id, seq, n, act, actor, reason)
        SELECT campaign_id, seq, coalesce(n, 0) + 1, 'REVOKED', :actor, :reason FROM held
        WHERE act IS NULL OR act = 'CANCELLED'
        ON CONFLICT DO NOTHING RETURNING at),
      told AS (
        INSERT INTO audit (actor, action, campaign_id, detail)
        SELECT :actor, 'COUPON_REVOKED', campaign_id,
               format('number %%s, %%s: %%s', seq, user_id, CAST(:reason AS text)) FROM held, done)
      SELECT held.*, done.at AS done_at FROM held LEFT JOIN done ON true
      """
          .formatted(LAST);

  private RedemptionSql() {}
}
