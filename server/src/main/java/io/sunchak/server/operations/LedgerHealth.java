package io.sunchak.server.operations;

import io.sunchak.ledger.LedgerDatabase;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether PostgreSQL answers: a detail, no part of readiness, or a slow ledger would take every
 * node out of service.
 */
public final class LedgerHealth implements HealthIndicator {
  private final LedgerDatabase database;

  public LedgerHealth(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public Health health() {
    return database.isReachable()
        ? Health.up().build()
        : Health.unknown().withDetail("reason", "PostgreSQL does not answer").build();
  }
}
