package io.sunchak.admission.issue;

import io.sunchak.admission.script.ReserveReply;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a refusal of one lane without asking Redis, for at most a second after the call that
 * brought it was <em>sent</em>. NOT_OPEN is not repeated after the opening by Redis' clock.
 * SOLD_OUT is repeated only to users who surely hold nothing; for the others Redis is asked.
 * Thread-safe.
 *
 * <p>The filter of holders is loaded after a SOLD_OUT and belongs to its epoch and version, in
 * which nobody is accepted any more; so it stays complete. Under the next version nobody is
 * accepted either while a node may repeat this one's refusals: a config that lets further users in
 * takes effect a second later ({@code configure.lua}). PAUSED and CLOSED are not repeated, because
 * Redis answers them as fast as anything else.
 */
final class LocalRefusals {
  private static final long VALID_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long RELOAD_NANOS = Duration.ofSeconds(1).toNanos();
  private static final IssueOutcome.SoldOut SOLD_OUT = new IssueOutcome.SoldOut();

  private final CampaignId campaign;
  private final Function<CampaignId, @Nullable HolderFilter> load;
  private final Background background;
  private volatile @Nullable NotOpen notOpen;
  private volatile @Nullable SoldOut soldOut;
  private final AtomicReference<@Nullable Holders> holders = new AtomicReference<>();

  private record NotOpen(IssueOutcome.NotOpen answer, long until) {}

  private record SoldOut(long epoch, long version, long until) {}

  /** The filter is null while it is loaded, or when that failed. */
  private record Holders(long epoch, long version, long begun, @Nullable HolderFilter filter) {}

  LocalRefusals(
      CampaignId campaign,
      Function<CampaignId, @Nullable HolderFilter> load,
      Background background) {
    this.campaign = campaign;
    this.load = load;
    this.background = background;
  }

  /** The refusal that may be repeated to {@code user}; null if Redis must be asked. */
  @Nullable IssueOutcome answer(String user, long now) {
    NotOpen early = notOpen;
    if (early != null && early.until() - now > 0) {
      return early.answer();
    }
    SoldOut late = soldOut;
    Holders known = holders.get();
    if (late == null || known == null || known.filter() == null || late.until() - now <= 0) {
      return null;
    }
    boolean same = known.epoch() == late.epoch() && known.version() == late.version();
    return same && !known.filter().mayHold(user) ? SOLD_OUT : null;
  }

  /**
   * Remembers the refusals of a group.
   *
   * @param sent {@link Background#nanoTime} when the call was sent
   */
  void note(long epoch, ReserveReply.Decided decided, long sent) {
    boolean refusedForStock = false;
    for (IssueOutcome outcome : decided.outcomes()) {
      if (outcome instanceof IssueOutcome.NotOpen early) {
        long left = Duration.ofMillis(early.opensAt().toEpochMilli() - decided.now()).toNanos();
        notOpen = new NotOpen(early, sent + Math.min(VALID_NANOS, left));
        return;
      }
      refusedForStock |= outcome instanceof IssueOutcome.SoldOut;
    }
    if (refusedForStock) {
      soldOut = new SoldOut(epoch, decided.version(), sent + VALID_NANOS);
      loadHolders(epoch, decided.version());
    }
  }

  /** Forgets all refusals and the filter. */
  void forget() {
    notOpen = null;
    soldOut = null;
    holders.set(null);
  }

  private void loadHolders(long epoch, long version) {
    Holders known = holders.get();
    long now = background.nanoTime();
    if (known != null
        && known.epoch() == epoch
        && known.version() == version
        && (known.filter() != null || now - known.begun() < RELOAD_NANOS)) {
      return;
    }
    Holders loading = new Holders(epoch, version, now, null);
    if (holders.compareAndSet(known, loading)) {
      background.run(() -> {
        HolderFilter filter = load.apply(campaign);
        holders.compareAndSet(loading, new Holders(epoch, version, now, filter));
      });
    }
  }
}
