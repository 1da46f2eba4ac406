package io.sunchak.admission.issue;

import io.sunchak.core.Holding;
import io.sunchak.core.gate.Lease;
import org.jspecify.annotations.Nullable;

/**
 * The highest holding of one epoch that this node knows, from the ledger or from replies. It only
 * rises; another epoch has a witness of its own. Thread-safe.
 */
final class Witness {
  private final long epoch;
  private @Nullable Holding highest;

  /** A witness without any holding. */
  Witness(long epoch) {
    this.epoch = epoch;
  }

  long epoch() {
    return epoch;
  }

  synchronized @Nullable Holding highest() {
    return highest;
  }

  /** Replaces the highest holding by {@code known}, a holding of this epoch, if that is higher. */
  synchronized void raise(@Nullable Holding known) {
    Holding before = highest;
    if (known != null && (before == null || known.sequence() > before.sequence())) {
      highest = known;
    }
  }

  /** {@code offered} with the higher one of its witness and this one. */
  Lease merged(Lease offered) {
    assert offered.epoch() == epoch : "a lease of another epoch";
    Holding own = highest();
    Holding given = offered.witness();
    return own == null || (given != null && given.sequence() >= own.sequence())
        ? offered
        : offered.with(own);
  }
}
