package io.sunchak.core.serving;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.config.ConfigSync;
import io.sunchak.core.config.ConfigSync.Spread;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerGuard;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.Progress;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.resync.Resync;
import io.sunchak.core.resync.ResyncPorts;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks one campaign and opens its gate. Required are: safe settings; the ledger's epoch and last
 * row, read after the connection was established; a config in Redis that is at least as new as the
 * ledger's; and a reserve script that agrees. A newer epoch of the ledger is adopted; a resync is
 * made only if that is not enough.
 *
 * <p>Thread-safe for different campaigns; one campaign at a time. Throws what the ports throw: the
 * gate is then as it was before.
 */
public final class ServingCheck {
  private final ResyncPorts ports;
  private final AdmissionGate gate;
  private final ConnectionCheck connectionCheck;
  private final ServingListener listener;
  private final Resync resync;
  private final ConfigSync configs;
  private final Map<CampaignId, Served> served = new ConcurrentHashMap<>();

  /** The highest cursor seen of each campaign: a lower one shows that the ledger was restored. */
  private final Map<CampaignId, Long> cursors = new ConcurrentHashMap<>();

  /** The lease and connection under which this node serves or last served a campaign. */
  private record Served(long epoch, long version, long connection) {
    private Served interrupted() {
      return new Served(epoch, version, -1);
    }
  }

  /** The outcome of a check. */
  public enum Outcome {
    /** The gate is open. */
    OPENED,
    /** The campaign is archived: the ledger answers for it. */
    ARCHIVED,
    /** The ledger has no such campaign. */
    ABSENT,
    /** Something changed meanwhile: the check must be repeated at once. */
    AGAIN,
    /** Not now: another node makes a resync, or an engine is down or unsafe. */
    LATER
  }

  public ServingCheck(
      ResyncPorts ports,
      AdmissionGate gate,
      LedgerGuard ledgerGuard,
      ServingListener listener,
      InstantSource clock) {
    this.ports = ports;
    this.gate = gate;
    this.connectionCheck = new ConnectionCheck(gate, ledgerGuard, ports.peers(), listener);
    this.listener = listener;
    this.resync = new Resync(ports, clock, listener);
    this.configs = new ConfigSync(ports.campaigns(), ports.keyspace());
  }

  /**
   * Opens the campaign's gate if everything holds; makes a resync if nothing less helps.
   *
   * @param why the script's reason, or null
   */
  public Outcome run(CampaignId campaign, @Nullable Disagreement why) {
    OptionalLong connection = gate.connection();
    if (connection.isEmpty() || connectionCheck.unsafe(connection.getAsLong()).isPresent()) {
      gate.shut(campaign);
      return Outcome.LATER;
    }
    long furthest =
        cursors.getOrDefault(campaign, 0L); // before the head is read, or it may be newer
    Optional<LedgerHead> head = ports.campaigns().head(campaign);
    if (head.isEmpty()) {
      markAbsent(campaign);
      return Outcome.ABSENT;
    }
    if (head.get().campaign().state() == CampaignState.ARCHIVED) {
      return archived(campaign);
    }
    boolean wentBack = head.get().cursor() < furthest;
    return wentBack || mustResync(campaign, head.get(), why)
        ? resync(campaign, head.get())
        : adoptOrResync(campaign, head.get(), connection.getAsLong());
  }

  /** Checks the settings again; false if no campaign may be served now. */
  boolean isSafe() {
    OptionalLong connection = gate.connection();
    return connection.isPresent() && connectionCheck.again(connection.getAsLong()).isEmpty();
  }

  /** Whether campaigns are served, that is, whether the current connection was found safe. */
  boolean isServing() {
    OptionalLong connection = gate.connection();
    return connection.isPresent() && connectionCheck.isSafe(connection.getAsLong());
  }

  /** Whether the campaign is served under the ledger's current state on the current connection. */
  boolean isCurrent(Progress living) {
    CampaignId campaign = living.campaign().id();
    Served now = served.get(campaign);
    OptionalLong connection = gate.connection();
    return now != null
        && connection.isPresent()
        && connection.getAsLong() == now.connection()
        && !living.rebuilding()
        && living.epoch() == now.epoch()
        && living.cursor() >= cursors.merge(campaign, living.cursor(), Math::max)
        && living.campaign().version() == now.version();
  }

  /** The campaigns that this node serves or last served. */
  Set<CampaignId> served() {
    return Set.copyOf(served.keySet());
  }

  /** Forgets these campaigns because they are over; a request for one causes a new check. */
  void markOver(Collection<CampaignId> campaigns) {
    served.keySet().removeAll(campaigns);
    cursors.keySet().removeAll(campaigns);
    campaigns.forEach(gate::markOver);
  }

  /** Closes all gates; each campaign must be verified again. */
  void shutAll() {
    served.replaceAll((campaign, one) -> one.interrupted());
    served.keySet().forEach(gate::shut);
  }

  /** A check failed because an engine is down. */
  void markUnverified(CampaignId campaign) {
    gate.markUnverified(campaign);
  }

  /** The ledger has no such campaign. */
  void markAbsent(CampaignId campaign) {
    served.remove(campaign);
    cursors.remove(campaign);
    gate.markAbsent(campaign);
  }

  /** What is known before Redis is asked; keys that are lost show in {@link #adoptOrResync}. */
  private boolean mustResync(CampaignId campaign, LedgerHead head, @Nullable Disagreement why) {
    long known = knownEpoch(campaign);
    boolean wentBack = head.epoch() < known;
    boolean torn = why == Disagreement.HOLE && head.epoch() == known;
    return head.rebuilding() || wentBack || torn || !ports.promises().areKept(campaign, head);
  }

  private Outcome adoptOrResync(CampaignId campaign, LedgerHead head, long connection) {
    return switch (configs.spread(head)) {
      case Spread.InForce now -> {
        configs.settle(now.config());
        yield open(head.under(now.config()), connection);
      }
      case Spread.Disagrees d when d.why() == Disagreement.ARCHIVED -> finishArchiving(head);
      case Spread.Disagrees _, Spread.Newer _ -> resync(campaign, head);
      case Spread.Overtaken _ -> Outcome.AGAIN;
    };
  }

  private Outcome open(LedgerHead head, long connection) {
    CampaignId campaign = head.campaign().id();
    long version = head.campaign().version();
    Lease lease =
        new Lease(
            campaign,
            head.ledgerId(),
            head.epoch(),
            version,
            head.campaign().eligibility(),
            head.witness());
    if (gate.probe(lease, connection).isPresent()) {
      return resync(campaign, head);
    }
    gate.open(lease, connection);
    served.put(campaign, new Served(head.epoch(), version, connection));
    cursors.merge(campaign, head.cursor(), Math::max);
    listener.onOpened(campaign);
    return Outcome.OPENED;
  }

  /**
   * Redis knows the campaign as archived and the ledger does not: a node ended between the two
   * steps, or the ledger was restored from an older backup. What Redis had is gone, so the campaign
   * stays archived: nothing of it is given twice.
   */
  private Outcome finishArchiving(LedgerHead head) {
    CampaignId campaign = head.campaign().id();
    ports
        .keyspace()
        .facts(campaign)
        .filter(facts -> facts.sequence() > head.cursor())
        .ifPresent(facts -> listener.onError(campaign, lacks(head.cursor(), facts.sequence())));
    ports.campaigns().archive(campaign);
    return archived(campaign);
  }

  private static LedgerException lacks(long cursor, long given) {
    return new LedgerException(
        "archived, and the ledger lacks the numbers above %d of %d: it is older than the archiving"
            .formatted(cursor, given),
        null);
  }

  /** Requests are answered by the ledger, whatever Redis says or has lost. */
  private Outcome archived(CampaignId campaign) {
    ports.keyspace().markArchived(campaign);
    served.remove(campaign);
    cursors.remove(campaign);
    gate.markArchived(campaign);
    return Outcome.ARCHIVED;
  }

  private Outcome resync(CampaignId campaign, LedgerHead seen) {
    if (ports.keyspace().isArchived(campaign)) {
      return finishArchiving(seen);
    }
    gate.shut(campaign);
    Optional<ResyncLedger.Lock> lock = ports.ledger().tryLock(campaign);
    if (lock.isEmpty()) {
      handOver(campaign);
      return Outcome.LATER;
    }
    try {
      Optional<LedgerHead> now = ports.campaigns().head(campaign);
      boolean same =
          now.isPresent()
              && now.get().epoch() == seen.epoch()
              && now.get().campaign().version() == seen.campaign().version()
              && now.get().rebuilding() == seen.rebuilding();
      return same ? resyncLocked(campaign) : Outcome.AGAIN;
    } finally {
      lock.get().close();
    }
  }

  /** Another node makes a resync and waits for this node's promises. */
  private void handOver(CampaignId campaign) {
    ports
        .campaigns()
        .head(campaign)
        .filter(LedgerHead::rebuilding)
        .ifPresent(head -> ports.promises().handOver(campaign, head.epoch()));
  }

  private Outcome resyncLocked(CampaignId campaign) {
    Resync.Result result = resync.run(campaign, knownEpoch(campaign));
    if (result instanceof Resync.Done resynced) {
      cursors.put(campaign, resynced.last());
      listener.onResynced(campaign, resynced);
      served.put(campaign, new Served(resynced.epoch(), 0, -1));
    }
    return Outcome.AGAIN;
  }

  private long knownEpoch(CampaignId campaign) {
    Served last = served.get(campaign);
    return last == null ? 0 : last.epoch();
  }
}
