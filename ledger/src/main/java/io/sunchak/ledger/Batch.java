package io.sunchak.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reservations as the arrays that one {@code unnest} takes: a statement's cost does not grow with
 * its rows' number.
 */
final class Batch {
  private Batch() {}

  static void insertCoupons(JdbcClient jdbc, CampaignId campaign, List<Reservation> rows) {
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

  static void insertFailures(
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

  static Long[] longs(Collection<Long> values) {
    return values.toArray(Long[]::new);
  }

  static String[] strings(Collection<String> values) {
    return values.toArray(String[]::new);
  }

  private static JdbcClient.StatementSpec bound(
      JdbcClient jdbc, String sql, CampaignId campaign, List<Reservation> rows) {
    Long[] seqs = new Long[rows.size()];
    String[] users = new String[rows.size()];
    String[] times = new String[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      seqs[i] = rows.get(i).sequence();
      users[i] = rows.get(i).user();
      times[i] = rows.get(i).acceptedAt().toString();
    }
    return jdbc.sql(sql)
        .param("campaign", campaign.value())
        .param("seqs", seqs)
        .param("users", users)
        .param("times", times);
  }
}
