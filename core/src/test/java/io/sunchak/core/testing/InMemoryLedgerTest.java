package io.sunchak.core.testing;

import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.ResyncLedger;
import java.time.InstantSource;

/** The double is honest: it keeps the contracts that PostgreSQL keeps. */
final class InMemoryLedgerTest
    implements CampaignLedgerContract,
        DrainLedgerContract,
        ResyncLedgerContract,
        PromiseLedgerContract {
  private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());

  @Override
  public CampaignLedger campaigns() {
    return ledger;
  }

  @Override
  public DrainLedger drain() {
    return ledger;
  }

  @Override
  public ResyncLedger resync() {
    return ledger;
  }

  @Override
  public PromiseLedger promises() {
    return ledger;
  }
}
