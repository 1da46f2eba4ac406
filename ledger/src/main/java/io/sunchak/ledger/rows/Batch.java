package io.sunchak.ledger.rows;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.LedgerException;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows as arrays for one {@code unnest}, so that a statement is parsed and sent once for any number
 * of rows.
 */
public final class Batch {
  private static final int REASON_LENGTH = 1_000;

  private Batch() {}

  public static void insertCoupons(JdbcClient jdbc, CampaignId campaign, List<Reservation> rows) {
    rows.forEach(row -> requireUserForm(row.user()));
    bound(
            jdbc,
            """
            INSERT INTO coupon (campaign_id, seq, user_id, accepted_at)
            SELECT :campaign, * FROM unnest(CAST(:seqs AS bigint[]), CAST(:users AS text[]), CAST(CAST(:times AS text[]) AS timestamptz[]))
            """,
            campaign,
            rows)
        .update();
  }

  public static void insertFailures(
      JdbcClient jdbc, CampaignId campaign, List<Reservation> rows, String state, String reason) {
    bound(
            jdbc,
            """
            INSERT INTO failure (campaign_id, seq, user_id, accepted_at, state, reason)
            SELECT :campaign, t.*, :state, :reason
            FROM unnest(CAST(:seqs AS bigint[]), CAST(:users AS text[]), CAST(CAST(:times AS text[]) AS timestamptz[])) t
            """,
            campaign,
            rows)
        .param("state", state)
        .param("reason", reason)
        .update();
  }

  public static void insertHandedOver(
      JdbcClient jdbc, CampaignId campaign, List<Reservation> promises) {
    bound(
            jdbc,
            """
            INSERT INTO hand_over (campaign_id, seq, user_id, accepted_at)
            SELECT :campaign, * FROM unnest(CAST(:seqs AS bigint[]), CAST(:users AS text[]), CAST(CAST(:times AS text[]) AS timestamptz[]))
            ON CONFLICT DO NOTHING
            """,
            campaign,
            promises)
        .update();
  }

  /**
   * Refuses a user whom no coupon may have. The table checks the length, ASCII and spaces alone: a
   * regular expression there costs as much as the rest of a row.
   *
   * @throws LedgerException.Rejected as for what the table refuses
   */
  public static void requireUserForm(String user) {
    if (!UserId.isValid(user)) {
      throw new LedgerException.Rejected("coupon_user_form: no user id: " + storable(user), null);
    }
  }

  public static Long[] longs(Collection<Long> values) {
    return values.toArray(Long[]::new);
  }

  /** {@code :users} and {@code :seqs}. */
  public static JdbcClient.StatementSpec holdings(
      JdbcClient.StatementSpec statement, Collection<Holding> holdings) {
    return statement
        .param("users", holdings.stream().map(w -> storable(w.user())).toArray(String[]::new))
        .param("seqs", holdings.stream().map(Holding::sequence).toArray(Long[]::new));
  }

  /**
   * The text as PostgreSQL can store it: NUL is replaced by its Unicode symbol, which no {@link
   * io.sunchak.core.UserId} can contain. Only an invalid user id in Redis needs this: its
   * reservation can be no coupon, but is kept as a failure and must not stop a resync.
   */
  public static String storable(String user) {
    return user.replace('\0', '\u2400');
  }

  /** The reason as a failure stores it. */
  public static String reason(String text) {
    String whole = storable(text);
    return whole.substring(0, Math.min(REASON_LENGTH, whole.length()));
  }

  private static JdbcClient.StatementSpec bound(
      JdbcClient jdbc, String sql, CampaignId campaign, List<Reservation> rows) {
    Long[] seqs = new Long[rows.size()];
    String[] users = new String[rows.size()];
    String[] times = new String[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      seqs[i] = rows.get(i).sequence();
      users[i] = storable(rows.get(i).user());
      times[i] = rows.get(i).acceptedAt().toString();
    }
    return jdbc.sql(sql)
        .param("campaign", campaign.value())
        .param("seqs", seqs)
        .param("users", users)
        .param("times", times);
  }
}
