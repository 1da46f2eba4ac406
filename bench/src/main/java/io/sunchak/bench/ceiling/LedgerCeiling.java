package io.sunchak.bench.ceiling;

import io.sunchak.bench.subject.Engines;
import io.sunchak.bench.subject.Ledger;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.ledger.campaigns.JdbcCampaignLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.postgresql.PGConnection;

/** How many rows a second PostgreSQL itself takes into the ledger's table, with all its guards. */
public final class LedgerCeiling {
  private static final int BATCH = 1_000;

  /** The check of the first migration, which V9 replaced. */
  private static final String WITH_REGEX =
      """
      ALTER TABLE coupon DROP CONSTRAINT coupon_user_form,
        ADD CONSTRAINT coupon_user_form CHECK (user_id ~ '^[!-~]{1,128}$')
      """;

  private static final Instant OPENS = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant CLOSES = Instant.parse("2099-01-01T00:00:00Z");

  /** How the rows are sent; each batch is a transaction. */
  public enum Way {
    UNNEST {
      @Override
      void write(Connection connection, CampaignId campaign, long first) throws SQLException {
        Long[] seqs = new Long[BATCH];
        String[] users = new String[BATCH];
        String[] times = new String[BATCH];
        for (int i = 0; i < BATCH; i++) {
          seqs[i] = first + i;
          users[i] = "u" + (first + i);
          times[i] = OPENS.toString();
        }
        String sql =
            """
            INSERT INTO coupon (campaign_id, seq, user_id, accepted_at)
            SELECT ?, * FROM unnest(?::bigint[], ?::text[], ?::text[]::timestamptz[])
            """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
          insert.setString(1, campaign.value());
          insert.setArray(2, connection.createArrayOf("bigint", seqs));
          insert.setArray(3, connection.createArrayOf("text", users));
          insert.setArray(4, connection.createArrayOf("text", times));
          insert.executeUpdate();
        }
      }
    },
    COPY {
      @Override
      void write(Connection connection, CampaignId campaign, long first) throws SQLException {
        StringBuilder rows = new StringBuilder();
        for (long seq = first; seq < first + BATCH; seq++) {
          rows.append(campaign).append('\t').append(seq).append("\tu").append(seq).append('\t');
          rows.append(OPENS).append('\n');
        }
        try {
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "COPY coupon (campaign_id, seq, user_id, accepted_at) FROM STDIN",
                  new StringReader(rows.toString()));
        } catch (IOException e) {
          throw new SQLException(e);
        }
      }
    };

    abstract void write(Connection connection, CampaignId campaign, long first) throws SQLException;
  }

  private LedgerCeiling() {}

  /** Rows a second, over so many of them after as many for warming up. */
  public static double measure(Engines engines, Way way, int rows) {
    try (LedgerDatabase database =
            LedgerDatabase.open(
                engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
        Connection connection = Ledger.connect(engines)) {
      JdbcCampaignLedger campaigns = new JdbcCampaignLedger(database);
      fill(connection, way, open(campaigns, "warm"), rows);
      CampaignId campaign = open(campaigns, "open");
      long started = System.nanoTime();
      fill(connection, way, campaign, rows);
      return rows / ((System.nanoTime() - started) / 1e9);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** As {@link #measure}, into the table as it was when a regular expression checked each user. */
  public static double measureWithRegex(Engines engines, Way way, int rows) {
    try (LedgerDatabase _ =
            LedgerDatabase.open(
                engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
        Connection connection = Ledger.connect(engines);
        Statement change = connection.createStatement()) {
      change.execute(WITH_REGEX);
    } catch (SQLException e) {
      throw refused(e);
    }
    return measure(engines, way, rows);
  }

  private static CommandException refused(SQLException e) {
    return new CommandException("PostgreSQL refused: " + e.getMessage(), "run it again");
  }

  private static CampaignId open(JdbcCampaignLedger campaigns, String name) {
    CampaignId id = new CampaignId(name);
    campaigns.create(
        new Campaign(
            id, name, Stock.unlimited(), new IssueWindow(OPENS, CLOSES), CampaignState.ACTIVE, 1));
    return id;
  }

  private static void fill(Connection connection, Way way, CampaignId campaign, int rows)
      throws SQLException {
    for (long first = 1; first <= rows; first += BATCH) {
      way.write(connection, campaign, first);
    }
  }
}
