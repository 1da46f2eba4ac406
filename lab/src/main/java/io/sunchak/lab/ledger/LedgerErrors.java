package io.sunchak.lab.ledger;

import io.sunchak.core.ledger.LedgerException;
import org.springframework.dao.DataIntegrityViolationException;

/** Turns what the drivers throw into the ledger's exceptions. */
final class LedgerErrors {
  private LedgerErrors() {}

  static LedgerException of(Throwable error) {
    return switch (error) {
      case LedgerException known -> known;
      case DataIntegrityViolationException never ->
          new LedgerException.Rejected(oneLine(never.getMostSpecificCause()), never);
      default -> new LedgerException(oneLine(error), error);
    };
  }

  private static String oneLine(Throwable error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }
}
