package io.sunchak.chaos.crash;

import io.sunchak.core.CampaignId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a step of one campaign. When it is reached, nothing passes any more on any connection,
 * until the trap is opened. Thread-safe.
 */
final class Trap {
  private final AtomicReference<@Nullable Armed> armed = new AtomicReference<>();
  private volatile CompletableFuture<Void> reached = new CompletableFuture<>();

  private record Armed(Step step, Moment moment, CampaignId campaign) {}

  /** Done when the server has come to this moment. */
  CompletableFuture<Void> arm(Step step, Moment moment, CampaignId campaign) {
    armed.set(new Armed(step, moment, campaign));
    return reached;
  }

  /** Whether this message is the step that is waited for; true once. */
  @Nullable Moment take(String message) {
    Armed waiting = armed.get();
    if (waiting == null
        || !waiting.step().is(message)
        || !message.contains(waiting.campaign().value())
        || !armed.compareAndSet(waiting, null)) {
      return null;
    }
    return waiting.moment();
  }

  void spring() {
    reached.complete(null);
  }

  boolean isSprung() {
    return reached.isDone();
  }

  /** Everything passes again. */
  void open() {
    armed.set(null);
    reached = new CompletableFuture<>();
  }
}
