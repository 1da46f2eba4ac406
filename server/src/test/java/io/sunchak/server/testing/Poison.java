package io.sunchak.server.testing;

import io.sunchak.core.CampaignId;
import io.sunchak.embedded.EmbeddedEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * PostgreSQL refuses one campaign's users of a certain form, as data that it cannot store, until
 * this is closed: then the same rows are welcome.
 */
public final class Poison implements AutoCloseable {
  /** In every reason. */
  public static final String REASON = "poisoned";

  private final String url;
  private final String owner;
  private final String password;
  private final String name;

  private Poison(String url, String owner, String password, String name) {
    this.url = url;
    this.owner = owner;
    this.password = password;
    this.name = name;
  }

  /**
   * Begins.
   *
   * @param users a LIKE pattern
   */
  public static Poison of(EmbeddedEngines engines, CampaignId campaign, String users) {
    return of(
        engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword(), campaign, users);
  }

  /** As above, in any ledger. */
  public static Poison of(
      String url, String owner, String password, CampaignId campaign, String users) {
    String name = "poison_" + campaign.value().replace('-', '_');
    Poison poison = new Poison(url, owner, password, name);
    poison.run(
        """
        CREATE FUNCTION %1$s() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '%2$s: %%, says the test', NEW.user_id USING ERRCODE = '22023'; END $$;
        CREATE TRIGGER %1$s BEFORE INSERT ON coupon FOR EACH ROW
        WHEN (NEW.campaign_id = '%3$s' AND NEW.user_id LIKE '%4$s') EXECUTE FUNCTION %1$s()
        """
            .formatted(name, REASON, campaign, users));
    return poison;
  }

  private void run(String sql) {
    try (Connection session = DriverManager.getConnection(url, owner, password);
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    run("DROP FUNCTION IF EXISTS " + name + " CASCADE");
  }
}
