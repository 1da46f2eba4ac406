package io.sunchak.server.testing;

import io.sunchak.core.ledger.Drift;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes what a resync of a campaign would have found into a ledger. */
public record Findings(String url, String owner, String password) {

  public void plant(String campaign, long epoch, List<Drift> found) {
    String insert =
        "INSERT INTO drift (campaign_id, epoch, user_id, claimed, settled, kind) VALUES (?, ?, ?, ?, ?, ?)";
    try (Connection session = DriverManager.getConnection(url, owner, password);
        PreparedStatement statement = session.prepareStatement(insert)) {
      for (Drift one : found) {
        statement.setString(1, campaign);
        statement.setLong(2, epoch);
        statement.setString(3, one.user());
        statement.setLong(4, one.claimed());
        statement.setLong(5, one.settled());
        statement.setString(6, one.kind().name());
        statement.execute();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
