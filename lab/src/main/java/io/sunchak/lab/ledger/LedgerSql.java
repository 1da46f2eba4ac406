package io.sunchak.lab.ledger;

/** The statements, one text for both drivers. */
final class LedgerSql {
  static final String CREATE =
      """
      INSERT INTO lab.campaign (id, name, total, opens_at, closes_at, state)
      VALUES (:id, :name, :total, :opens, :closes, :state) ON CONFLICT DO NOTHING
      """;

  static final String CHANGE =
      """
      UPDATE lab.campaign SET name = :name, total = :total, opens_at = :opens, closes_at = :closes,
             state = :state, version = version + 1
      WHERE id = :id RETURNING *
      """;

  static final String FIND = "SELECT * FROM lab.campaign WHERE id = :id";

  static final String LIST =
      "SELECT * FROM lab.campaign WHERE id > :after ORDER BY id LIMIT :limit";

  /** Once for each user; on purpose nothing here or in the table looks at the stock. */
  static final String ISSUE =
      """
      INSERT INTO lab.coupon (campaign_id, seq, user_id, accepted_at)
      VALUES (:campaign, :sequence, :user, :accepted)
      ON CONFLICT (campaign_id, user_id) DO NOTHING
      """;

  static final String ISSUED = "SELECT count(*) FROM lab.coupon WHERE campaign_id = :campaign";

  static final String COUPON =
      "SELECT * FROM lab.coupon WHERE campaign_id = :campaign AND user_id = :user";

  static final String PAGE =
      """
      SELECT * FROM lab.coupon WHERE campaign_id = :campaign AND seq > :after
      ORDER BY seq LIMIT :limit
      """;

  private LedgerSql() {}
}
