package io.sunchak.core.serving;

import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.ledger.LedgerGuard;
import io.sunchak.core.log.LogException;
import io.sunchak.core.promise.Peers;
import java.util.Optional;

/**
 * What must hold on a connection before anybody is served on it: both engines are safe, and the
 * nodes have met since this Redis answers. Asked for each connection before it serves, and again
 * and again while it does: Redis' safety whenever the serving loop looks around, for what is
 * accepted under an unsafe setting may be lost; the ledger's each tenth time, for a commit that was
 * lost can be made again from Redis. Thread-safe; throws what the ports throw, and then what was
 * found before stands.
 */
final class ConnectionCheck {
  private static final int LOOKS_A_QUESTION = 10;

  private final AdmissionGate gate;
  private final LedgerGuard ledger;
  private final ServingListener listener;
  private final Peers peers;
  private volatile long safeConnection = -1;
  private String metAt = "";
  private int looks;

  ConnectionCheck(AdmissionGate gate, LedgerGuard ledger, Peers peers, ServingListener listener) {
    this.gate = gate;
    this.ledger = ledger;
    this.peers = peers;
    this.listener = listener;
  }

  /** Whether {@code connection} was found safe. */
  boolean isSafe(long connection) {
    return safeConnection == connection;
  }

  /** The setting that makes {@code connection} unsafe to serve on, if there is one. */
  Optional<String> unsafe(long connection) {
    return isSafe(connection) ? Optional.empty() : ask(connection, true);
  }

  /** As {@link #unsafe}, whatever was found before. One thread's. */
  Optional<String> again(long connection) {
    looks++;
    return ask(connection, !isSafe(connection) || looks % LOOKS_A_QUESTION == 0);
  }

  private Optional<String> ask(long connection, boolean both) {
    Optional<String> unsafe = gate.unsafeSetting();
    if (unsafe.isEmpty() && both) {
      unsafe = ledger.unsafeSetting();
    }
    if (unsafe.isEmpty()) {
      meet();
      safeConnection = connection;
      listener.onSafe();
    } else {
      safeConnection = -1;
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
