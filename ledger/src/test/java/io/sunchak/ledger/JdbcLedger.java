package io.sunchak.ledger;

import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.testing.LedgerContract;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;

/** The whole ledger of one database. */
record JdbcLedger(LedgerDatabase database) implements LedgerContract, AutoCloseable {

  static JdbcLedger open(EmbeddedEngines engines) {
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
    return new JdbcDrainLedger(database);
  }

  @Override
  public ResyncLedger resync() {
    return new JdbcResyncLedger(database);
  }

  PromiseLedger promises() {
    return new JdbcPromiseLedger(database);
  }

  CouponLedger coupons() {
    return new JdbcCouponLedger(database);
  }

  @Override
  public void close() {
    database.close();
  }
}
