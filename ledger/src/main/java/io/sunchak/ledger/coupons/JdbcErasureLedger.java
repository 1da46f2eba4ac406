package io.sunchak.ledger.coupons;

import io.sunchak.core.CampaignId;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.ErasureLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Erases in PostgreSQL, by a function that runs as the owner of the tables: the server's role may
 * not change what is final.
 */
public final class JdbcErasureLedger implements ErasureLedger {
  /** A look by index into each table of each campaign; a join might read whole tables. */
  private static final String TRACES =
      """
      SELECT id, state = 'ARCHIVED' AS archived FROM campaign c
      WHERE (SELECT true FROM coupon WHERE campaign_id = c.id AND user_id = :user)
         OR (SELECT true FROM failure WHERE campaign_id = c.id AND user_id = :user)
         OR (SELECT true FROM drift WHERE campaign_id = c.id AND user_id = :user
             AND kind NOT IN ('SILENT', 'UNACCOUNTED') LIMIT 1)
         OR (SELECT true FROM sighting WHERE campaign_id = c.id AND user_id = :user LIMIT 1)
         OR (SELECT true FROM hand_over WHERE campaign_id = c.id AND user_id = :user LIMIT 1)
      ORDER BY id
      """;

  private final LedgerDatabase database;

  public JdbcErasureLedger(LedgerDatabase database) {
    this.database = database;
  }

  private record Trace(CampaignId campaign, boolean archived) {}

  @Override
  public Traces traces(UserId user) {
    List<Trace> found =
        LedgerErrors.call(() ->
            database
                .jdbc()
                .sql(TRACES)
                .param("user", user.value())
                .query((row, n) ->
                    new Trace(new CampaignId(row.getString("id")), row.getBoolean("archived")))
                .list());
    Map<Boolean, List<CampaignId>> parts =
        found.stream()
            .collect(
                Collectors.partitioningBy(
                    Trace::archived, Collectors.mapping(Trace::campaign, Collectors.toList())));
    return new Traces(parts.getOrDefault(true, List.of()), parts.getOrDefault(false, List.of()));
  }

  @Override
  public long erase(CampaignId archived, UserId user, String pseudonym) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql("SELECT erase_user(:id, :user, :pseudonym)")
            .param("id", archived.value())
            .param("user", user.value())
            .param("pseudonym", pseudonym)
            .query(Long.class)
            .single());
  }
}
