package io.sunchak.core.serving;

import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.ledger.LedgerGuard;
import io.sunchak.core.log.LogException;
import io.sunchak.core.promise.Peers;
import java.util.Optional;

/**
 * Checks what must hold before a connection is used: both engines have safe settings, and the nodes
 * have exchanged their highest promises since this Redis process answers. Made for each connection
 * before it is used, and repeated while it is: Redis' settings in each round of the serving loop,
 * because an issue accepted under an unsafe setting may be lost; the ledger's settings in each
 * tenth round, because a lost commit can be repeated from Redis. Thread-safe; throws what the ports
 * throw, and then the earlier result stays.
 */
final class ConnectionCheck {
  private static final int ROUNDS_PER_LEDGER_CHECK = 10;

  private final AdmissionGate gate;
  private final LedgerGuard ledger;
  private final ServingListener listener;
  private final Peers peers;
  private volatile long safeConnection = -1;
  private volatile String metAt = "";
  private int rounds;

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

  /** As {@link #unsafe}, but checks again. For one thread. */
  Optional<String> again(long connection) {
    rounds++;
    return ask(connection, !isSafe(connection) || rounds % ROUNDS_PER_LEDGER_CHECK == 0);
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

  /** Callers that come at the same time wait side by side, each for the same nodes. */
  private void meet() {
    String redis = gate.redis();
    if (redis.isEmpty()) {
      throw new LogException("Redis does not tell its identity", null);
    }
    if (!redis.equals(metAt)) {
      peers.meet(redis);
      metAt = redis;
    }
  }
}
