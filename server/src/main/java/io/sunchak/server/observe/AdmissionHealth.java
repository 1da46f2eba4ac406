package io.sunchak.server.observe;

import io.sunchak.admission.link.Durability;
import io.sunchak.admission.link.RedisGuard;
import io.sunchak.admission.link.RedisLink;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Readiness: up if Redis is connected and its settings and rights were found safe on the current
 * connection. Makes no calls, because load balancers ask often.
 */
public final class AdmissionHealth implements HealthIndicator {
  private final RedisLink link;
  private final RedisGuard guard;
  private final ServingEvents servingEvents;
  private final BooleanSupplier serving;

  public AdmissionHealth(
      RedisLink link, RedisGuard guard, ServingEvents servingEvents, BooleanSupplier serving) {
    this.link = link;
    this.guard = guard;
    this.servingEvents = servingEvents;
    this.serving = serving;
  }

  @Override
  public Health health() {
    if (link.connectionNumber().isEmpty()) {
      return Health.down().withDetail("reason", link.trouble()).build();
    }
    String unsafe = servingEvents.unsafe();
    if (unsafe != null) {
      return Health.down().withDetail("reason", unsafe).build();
    }
    return serving.getAsBoolean()
        ? Health.up().withDetail("durability", durability()).build()
        : Health.outOfService()
            .withDetail("reason", "the current connection to Redis is not verified yet")
            .build();
  }

  private String durability() {
    return guard
        .declared()
        .map(word -> word.word() + ": declared, not verified")
        .orElse(Durability.VERIFIED.word());
  }
}
