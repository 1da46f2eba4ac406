package io.sunchak.ledger.testing;

import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.testing.LedgerContract;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.ledger.campaigns.JdbcCampaignLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerLogin;
import io.sunchak.ledger.coupons.JdbcCouponLedger;
import io.sunchak.ledger.drain.JdbcDrainLedger;
import io.sunchak.ledger.promises.JdbcPromiseLedger;
import io.sunchak.ledger.resync.JdbcResyncLedger;

/** The whole ledger of one database. */
public record JdbcLedger(LedgerDatabase database) implements LedgerContract, AutoCloseable {

  public static JdbcLedger open(EmbeddedEngines engines) {
    return new JdbcLedger(
        LedgerDatabase.open(
            engines.jdbcUrl(), login(engines.postgresServer()), login(engines.postgresOwner())));
  }

  private static LedgerLogin login(PostgresLogin login) {
    return new LedgerLogin(login.user(), login.password());
  }

  @Override
  public CampaignLedger campaigns() {
    return new JdbcCampaignLedger(database);
  }

  @Override
  public DrainLedger drain() {
    return new JdbcDrainLedger(database, "node");
  }

  @Override
  public ResyncLedger resync() {
    return new JdbcResyncLedger(database);
  }

  public PromiseLedger promises() {
    return new JdbcPromiseLedger(database);
  }

  public CouponLedger coupons() {
    return new JdbcCouponLedger(database);
  }

  @Override
  public void close() {
    database.close();
  }
}
