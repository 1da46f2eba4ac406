package io.sunchak.core.ledger;

import java.util.Optional;

/**
 * Checks that the ledger's settings keep what a commit promises. Thread-safe, blocking; throws
 * {@link LedgerException} when the ledger cannot be asked.
 */
@FunctionalInterface
public interface LedgerGuard {
  /** Empty if safe, else the unsafe setting and its required value. */
  Optional<String> unsafeSetting();
}
