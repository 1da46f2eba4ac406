package io.sunchak.server.alarms;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.alarm.Alarm;
import io.sunchak.alarm.WebhookAlarm;
import io.sunchak.alarm.WebhookAlarm.Counts;
import io.sunchak.core.loop.LoopListener;
import java.net.URI;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the node's alarms: each to the logger {@code sunchak.alarms}, and to the webhook if one is
 * configured. Messages to the webhook are counted as {@code sunchak_alarms_total{result}}.
 * Thread-safe.
 */
public final class NodeAlarm implements Alarm, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("sunchak.alarms");
  private static final Counts NONE = new Counts(0, 0);

  private final @Nullable WebhookAlarm webhook;

  /**
   * Starts sending.
   *
   * @param url where to post; null if no webhook is configured
   * @param pause between two messages
   */
  public NodeAlarm(@Nullable URI url, Duration pause, MeterRegistry registry, LoopListener loops) {
    webhook = url == null ? null : new WebhookAlarm(url, pause, loops);
    count(registry, "sent", counts -> counts.sent());
    count(registry, "failed", counts -> counts.failed());
  }

  private void count(MeterRegistry registry, String result, ToDoubleFunction<Counts> which) {
    FunctionCounter.builder("sunchak.alarms", this, alarm -> which.applyAsDouble(alarm.counts()))
        .description("Messages to the alarm's webhook, by result")
        .tag("result", result)
        .register(registry);
  }

  private Counts counts() {
    return webhook == null ? NONE : webhook.counts();
  }

  @Override
  public void raise(String text) {
    LOG.warn("{}", text);
    if (webhook != null) {
      webhook.raise(text);
    }
  }

  @Override
  public void close() {
    if (webhook != null) {
      webhook.close();
    }
  }
}
