package io.sunchak.server.operations;

import io.sunchak.admission.RedisLink;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Ready when Redis is connected and the guards found every setting safe and every script allowed.
 */
public final class AdmissionHealth implements HealthIndicator {
  private final RedisLink link;
  private final Openings openings;

  public AdmissionHealth(RedisLink link, Openings openings) {
    this.link = link;
    this.openings = openings;
  }

  @Override
  public Health health() {
    if (link.number().isEmpty()) {
      return Health.down().withDetail("reason", link.trouble()).build();
    }
    String unsafe = openings.unsafe();
    if (unsafe != null) {
      return Health.down().withDetail("reason", unsafe).build();
    }
    return openings.isSafe()
        ? Health.up().build()
        : Health.outOfService().withDetail("reason", "the guards were not asked yet").build();
  }
}
