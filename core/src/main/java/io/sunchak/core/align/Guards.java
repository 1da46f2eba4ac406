package io.sunchak.core.align;

import io.sunchak.core.ledger.LedgerGuard;
import java.util.Optional;

/**
 * Both engines' safety, asked once for each connection and again whenever the keeper looks around.
 * Thread-safe; throws what the guards throw.
 */
final class Guards {
  private final AdmissionGate gate;
  private final LedgerGuard ledger;
  private final KeeperListener listener;
  private volatile long safeConnection = -1;

  Guards(AdmissionGate gate, LedgerGuard ledger, KeeperListener listener) {
    this.gate = gate;
    this.ledger = ledger;
    this.listener = listener;
  }

  /** The setting that makes {@code connection} unsafe to serve on, if there is one. */
  Optional<String> unsafe(long connection) {
    return safeConnection == connection ? Optional.empty() : ask(connection);
  }

  /** As {@link #unsafe}, whatever was found before. */
  Optional<String> ask(long connection) {
    safeConnection = -1;
    Optional<String> unsafe = gate.unsafeSetting().or(ledger::unsafeSetting);
    if (unsafe.isEmpty()) {
      safeConnection = connection;
      listener.onSafe();
    } else {
      listener.onUnsafe(unsafe.get());
    }
    return unsafe;
  }
}
