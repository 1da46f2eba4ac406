package io.sunchak.server.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.core.CampaignId;
import io.sunchak.core.archive.ArchiveListener;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the campaigns that are due and cannot be archived as {@code sunchak_archive_waiting}, and
 * logs each once with the cause. Thread-safe.
 */
public final class ArchiveWaits implements ArchiveListener {
  private static final Logger LOG = LoggerFactory.getLogger("sunchak.archive");

  private volatile Map<CampaignId, String> waiting = Map.of();

  public ArchiveWaits(MeterRegistry registry) {
    Gauge.builder("sunchak.archive.waiting", this, one -> one.waiting.size())
        .description("Campaigns that are due and could not be archived yet")
        .register(registry);
  }

  @Override
  public void tried(Map<CampaignId, String> waiting) {
    Map<CampaignId, String> before = this.waiting;
    waiting.forEach((campaign, why) -> {
      if (!before.containsKey(campaign)) {
        LOG.warn("{} is due and cannot be archived yet: {}", campaign, why);
      }
    });
    this.waiting = waiting;
  }
}
