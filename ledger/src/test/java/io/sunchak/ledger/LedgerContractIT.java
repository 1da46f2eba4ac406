package io.sunchak.ledger;

import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.testing.CampaignLedgerContract;
import io.sunchak.core.testing.DrainLedgerContract;
import io.sunchak.core.testing.PromiseLedgerContract;
import io.sunchak.core.testing.ResyncLedgerContract;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL keeps the contracts that the in-memory ledger keeps. */
@ExtendWith(LedgerExtension.class)
final class LedgerContractIT
    implements CampaignLedgerContract,
        DrainLedgerContract,
        ResyncLedgerContract,
        PromiseLedgerContract {
  private final JdbcLedger ledger;

  LedgerContractIT(JdbcLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public CampaignLedger campaigns() {
    return ledger.campaigns();
  }

  @Override
  public DrainLedger drain() {
    return ledger.drain();
  }

  @Override
  public ResyncLedger resync() {
    return ledger.resync();
  }

  @Override
  public PromiseLedger promises() {
    return ledger.promises();
  }
}
