package io.sunchak.core.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import io.sunchak.core.log.ReservationLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass of the drain: read the head, read the log (which trims what the ledger has), write the
 * batch. The process may crash between any two steps: the next pass, here or on another node,
 * continues from the cursor.
 *
 * <p>The head is cached between passes, so that an idle campaign costs the ledger nothing. The
 * cursor's compare-and-set detects a stale head, and a disagreement is reported only after the head
 * was read again.
 *
 * <p>Thread-safe; two concurrent passes over one campaign are safe.
 */
public final class DrainPass {
  /** At most so many reservations in one transaction. */
  static final int MAX_BATCH = 4_000;

  /**
   * The head is read again after this time, so that a restored ledger is noticed even if nobody
   * issues.
   */
  static final int IDLE_PASSES_PER_HEAD = 100;

  private final DrainPorts ports;
  private final DrainListener listener;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final BatchWriter writer;
  private final Map<CampaignId, Place> places = new ConcurrentHashMap<>();

  /**
   * The cached head of a campaign.
   *
   * @param turnEnds when this node's own turn ends, by {@code nanoTime}
   */
  private record Place(LedgerHead head, int idlePasses, long turnEnds) {
    Place idle() {
      return new Place(head, idlePasses + 1, turnEnds);
    }
  }

  public DrainPass(DrainPorts ports, DrainListener listener, InstantSource clock) {
    this(ports, listener, clock, System::nanoTime);
  }

  /**
   * As the other one, on another monotonic clock.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public DrainPass(
      DrainPorts ports, DrainListener listener, InstantSource clock, LongSupplier nanoTime) {
    this.ports = ports;
    this.listener = listener;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.writer = new BatchWriter(ports.ledger(), listener);
  }

  /** Makes one pass over one campaign. Throws only because of a defect. */
  public PassResult runOnce(CampaignId campaign) {
    try {
      return passFrom(campaign, places.get(campaign));
    } catch (LedgerException.Duplicate duplicate) {
      places.remove(campaign);
      listener.onError(campaign, duplicate);
      return disagreed(campaign, Disagreement.HOLE);
    } catch (LedgerException.Permanent permanent) {
      return stopped(campaign, permanent);
    } catch (LedgerException | LogException passing) {
      places.remove(campaign);
      listener.onError(campaign, passing);
      return new PassResult.Failed(passing);
    }
  }

  /** Drops the cached head of a campaign and its count of refused rows in a row. */
  void forget(CampaignId campaign) {
    places.remove(campaign);
    writer.forget(campaign);
  }

  /**
   * Drops the cached head of a campaign in which passes find nothing, although its cursor in the
   * ledger is behind: the ledger has been rolled back, by a restored backup or a promoted standby.
   */
  void doubt(CampaignId campaign) {
    places.computeIfPresent(campaign, (id, place) -> place.idlePasses() > 0 ? null : place);
  }

  private Place fresh(LedgerHead head) {
    return new Place(head, 0, nanoTime.getAsLong());
  }

  private boolean hasTurn(Place place) {
    return place.turnEnds() - nanoTime.getAsLong() > 0;
  }

  private PassResult passFrom(CampaignId campaign, @Nullable Place remembered) {
    Place place = remembered;
    if (place == null || place.idlePasses() >= IDLE_PASSES_PER_HEAD) {
      Optional<LedgerHead> head = ports.campaigns().head(campaign);
      if (head.isEmpty()) {
        return absent(campaign);
      }
      place = fresh(head.get());
      listener.onDrained(campaign, head.get().cursor());
    }
    LedgerHead head = place.head();
    if (head.campaign().state() == CampaignState.ARCHIVED) {
      return absent(campaign);
    }
    if (head.rebuilding()) {
      return disagreed(campaign, Disagreement.REBUILDING);
    }
    return switch (readLog(campaign, head)) {
      case ReservationLog.Disagrees d -> confirm(campaign, head, d.why());
      case ReservationLog.Entries entries -> take(campaign, place, entries);
    };
  }

  private ReservationLog.Page readLog(CampaignId campaign, LedgerHead head) {
    return ports
        .log()
        .read(campaign, head.ledgerId(), head.epoch(), head.cursor(), head.last(), MAX_BATCH);
  }

  private PassResult take(CampaignId campaign, Place place, ReservationLog.Entries entries) {
    LedgerHead head = place.head();
    List<Reservation> batch = entries.reservations();
    Instant oldest = batch.isEmpty() ? null : batch.getFirst().acceptedAt();
    listener.onBacklog(campaign, entries.backlog(), oldest);
    if (batch.isEmpty()) {
      places.put(campaign, place.idle());
      return new PassResult.Idle();
    }
    if (!follows(head, batch)) {
      return confirm(campaign, head, Disagreement.HOLE);
    }
    Duration others = hasTurn(place) ? Duration.ZERO : ports.ledger().othersTurn(campaign);
    if (others.isPositive()) {
      places.remove(campaign);
      return new PassResult.OthersTurn(others);
    }
    return write(campaign, head, batch, entries.backlog() > batch.size());
  }

  private static boolean follows(LedgerHead head, List<Reservation> batch) {
    long next = head.cursor();
    for (Reservation reservation : batch) {
      next++;
      if (reservation.sequence() != next || reservation.epoch() != head.epoch()) {
        return false;
      }
    }
    return true;
  }

  private PassResult write(
      CampaignId campaign, LedgerHead head, List<Reservation> batch, boolean more) {
    long started = nanoTime.getAsLong();
    try {
      BatchWriter.Written written = writer.write(campaign, head.epoch(), head.cursor(), batch);
      moved(campaign, head, batch, written, started);
      return written.overtaken()
          ? overtaken(campaign)
          : new PassResult.Moved(written.rows(), written.failures(), more);
    } catch (BatchWriter.TooManyBad tooMany) {
      moved(campaign, head, batch, tooMany.before(), started);
      remember(campaign, head, batch.subList(tooMany.before().count(), batch.size()));
      return stopped(campaign, tooMany);
    } catch (LedgerException notNow) {
      remember(campaign, head, batch);
      throw notNow;
    }
  }

  /**
   * Keeps these as promises of this node: the node that accepted them may be dead, and Redis may
   * lose them before the ledger has them.
   */
  private void remember(CampaignId campaign, LedgerHead head, List<Reservation> unwritten) {
    ports.promises().read(campaign, head.epoch(), unwritten);
  }

  private void moved(
      CampaignId campaign,
      LedgerHead head,
      List<Reservation> batch,
      BatchWriter.Written written,
      long started) {
    if (written.count() == 0) {
      return;
    }
    long nanos = nanoTime.getAsLong() - started;
    Reservation last = batch.get(written.count() - 1);
    assert last.sequence() == head.cursor() + written.count() : "a gap was written";
    long turn = DrainLedger.turnAfter(written.lastPart()).toNanos();
    places.put(campaign, new Place(after(head, last), 0, started + turn));
    ports.promises().written(campaign, batch.subList(0, written.count()));
    Duration lag = Duration.between(batch.getFirst().acceptedAt(), clock.instant());
    listener.onBatch(campaign, written.rows(), nanos, lag.toNanos() / 1e9);
    listener.onDrained(campaign, last.sequence());
  }

  private static LedgerHead after(LedgerHead head, Reservation last) {
    Holding witness = new Holding(last.user(), last.sequence());
    return new LedgerHead(
        head.ledgerId(), head.epoch(), false, head.campaign(), last.sequence(), witness, witness);
  }

  /**
   * Reports a disagreement only if the cursor is still the one that was compared: after a drain and
   * a trim by another node, the log seems to have a gap behind an older cursor.
   */
  private PassResult confirm(CampaignId campaign, LedgerHead head, Disagreement why) {
    places.remove(campaign);
    Optional<LedgerHead> now = ports.campaigns().head(campaign);
    if (now.isEmpty()) {
      return absent(campaign);
    }
    if (why == Disagreement.ARCHIVED) {
      ports.checks().checkNow(campaign, why);
      return absent(campaign);
    }
    if (samePlace(head, now.get())) {
      return disagreed(campaign, why);
    }
    places.put(campaign, fresh(now.get()));
    listener.onDrained(campaign, now.get().cursor());
    return new PassResult.Overtaken();
  }

  private PassResult absent(CampaignId campaign) {
    listener.onBacklog(campaign, 0, null);
    return new PassResult.Absent();
  }

  private static boolean samePlace(LedgerHead one, LedgerHead other) {
    return one.epoch() == other.epoch()
        && one.cursor() == other.cursor()
        && Objects.equals(one.ledgerId(), other.ledgerId());
  }

  private PassResult overtaken(CampaignId campaign) {
    places.remove(campaign);
    return new PassResult.Overtaken();
  }

  private PassResult disagreed(CampaignId campaign, Disagreement why) {
    places.remove(campaign);
    ports.checks().checkNow(campaign, why);
    return new PassResult.Disagreed(why);
  }

  private PassResult stopped(CampaignId campaign, RuntimeException error) {
    places.remove(campaign);
    String reason = String.valueOf(error.getMessage());
    listener.onStopped(campaign, reason);
    return new PassResult.Stopped(reason);
  }
}
