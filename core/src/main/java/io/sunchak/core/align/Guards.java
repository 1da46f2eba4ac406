package io.sunchak.core.align;

import io.sunchak.core.ledger.LedgerGuard;
import io.sunchak.core.log.LogException;
import java.util.Optional;

/**
 * What must hold on a connection before anybody is served on it: both engines are safe, and the
 * nodes have met since this Redis answers. Asked once for each connection and again whenever the
 * keeper looks around. Thread-safe; throws what the ports throw.
 */
final class Guards {
  private final AdmissionGate gate;
  private final LedgerGuard ledger;
  private final KeeperListener listener;
  private final Peers peers;
  private volatile long safeConnection = -1;
  private String metAt = "";

  Guards(AdmissionGate gate, LedgerGuard ledger, Peers peers, KeeperListener listener) {
    this.gate = gate;
    this.ledger = ledger;
    this.peers = peers;
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
      meet();
      safeConnection = connection;
      listener.onSafe();
    } else {
      listener.onUnsafe(unsafe.get());
    }
    return unsafe;
  }

  /** One at a time: who comes second is served by what the first one learns. */
  private synchronized void meet() {
    String redis = gate.redis();
    if (redis.isEmpty()) {
      throw new LogException("Redis cannot be asked who it is", null);
    }
    if (!redis.equals(metAt)) {
      peers.meet(redis);
      metAt = redis;
    }
  }
}
