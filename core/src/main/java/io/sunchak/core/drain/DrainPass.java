package io.sunchak.core.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
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
import org.jspecify.annotations.Nullable;

/**
 * One pass of the drain: read the head, read the log (which trims what the ledger has), write the
 * batch. Any step may be the last one before a crash: the next pass, here or on another node, goes
 * on from the cursor.
 *
 * <p>The head is remembered between passes, so that an idle campaign costs the ledger nothing; the
 * cursor's compare-and-set finds a stale one, and no disagreement is believed before the head was
 * read again after it.
 *
 * <p>Thread-safe; two passes over one campaign at once do each other no harm.
 */
public final class DrainPass {
  /** Reservations a transaction takes at most. */
  public static final int MAX_BATCH = 1_000;

  /** So that a ledger that went back is noticed even when nobody issues. */
  static final int IDLE_PASSES_PER_HEAD = 100;

  private final DrainPorts ports;
  private final DrainListener listener;
  private final InstantSource clock;
  private final BatchWriter writer;
  private final Map<CampaignId, Place> places = new ConcurrentHashMap<>();

  /** Where this node believes the drain of a campaign to be. */
  private record Place(LedgerHead head, int idlePasses) {}

  public DrainPass(DrainPorts ports, DrainListener listener, InstantSource clock) {
    this.ports = ports;
    this.listener = listener;
    this.clock = clock;
    this.writer = new BatchWriter(ports.ledger(), listener);
  }

  /** One pass over one campaign. Throws only through a defect. */
  public PassResult runOnce(CampaignId campaign) {
    try {
      return passFrom(campaign, places.get(campaign));
    } catch (LedgerException.Drift drift) {
      places.remove(campaign);
      listener.onError(campaign, drift);
      return disagreed(campaign, Disagreement.HOLE);
    } catch (LedgerException.Permanent permanent) {
      return stopped(campaign, permanent);
    } catch (LedgerException | LogException passing) {
      places.remove(campaign);
      listener.onError(campaign, passing);
      return new PassResult.Failed(passing);
    }
  }

  /** Forgets what is remembered of a campaign, bad rows in a row too. */
  public void forget(CampaignId campaign) {
    places.remove(campaign);
    writer.forget(campaign);
  }

  private PassResult passFrom(CampaignId campaign, @Nullable Place remembered) {
    Place place = remembered;
    if (place == null || place.idlePasses() >= IDLE_PASSES_PER_HEAD) {
      Optional<LedgerHead> head = ports.campaigns().head(campaign);
      if (head.isEmpty()) {
        return absent(campaign);
      }
      place = new Place(head.get(), 0);
      listener.onDrained(campaign, head.get().cursor());
    }
    LedgerHead head = place.head();
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
      places.put(campaign, new Place(head, place.idlePasses() + 1));
      return new PassResult.Idle();
    }
    return follows(head, batch)
        ? write(campaign, head, batch)
        : confirm(campaign, head, Disagreement.HOLE);
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

  private PassResult write(CampaignId campaign, LedgerHead head, List<Reservation> batch) {
    long started = System.nanoTime();
    try {
      BatchWriter.Written written = writer.write(campaign, head.epoch(), head.cursor(), batch);
      moved(campaign, head, batch, written, System.nanoTime() - started);
      return written.overtaken()
          ? overtaken(campaign)
          : new PassResult.Moved(written.rows(), written.failures());
    } catch (BatchWriter.TooManyBad tooMany) {
      moved(campaign, head, batch, tooMany.before(), System.nanoTime() - started);
      remember(campaign, head, batch.subList(tooMany.before().count(), batch.size()));
      return stopped(campaign, tooMany);
    } catch (LedgerException notNow) {
      remember(campaign, head, batch);
      throw notNow;
    }
  }

  /** Who answered for these may be dead, and Redis may lose them before the ledger takes them. */
  private void remember(CampaignId campaign, LedgerHead head, List<Reservation> unwritten) {
    ports.promises().read(campaign, head.epoch(), unwritten);
  }

  private void moved(
      CampaignId campaign,
      LedgerHead head,
      List<Reservation> batch,
      BatchWriter.Written written,
      long nanos) {
    if (written.count() == 0) {
      return;
    }
    Reservation last = batch.get(written.count() - 1);
    places.put(campaign, new Place(after(head, last), 0));
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
   * The log's word counts only if the ledger has not moved since the head was read: another node's
   * drain and trim look like a hole from an older cursor.
   */
  private PassResult confirm(CampaignId campaign, LedgerHead head, Disagreement why) {
    places.remove(campaign);
    Optional<LedgerHead> now = ports.campaigns().head(campaign);
    if (now.isEmpty()) {
      return absent(campaign);
    }
    if (samePlace(head, now.get())) {
      return disagreed(campaign, why);
    }
    places.put(campaign, new Place(now.get(), 0));
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
