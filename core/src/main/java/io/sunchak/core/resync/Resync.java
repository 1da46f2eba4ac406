package io.sunchak.core.resync;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.config.ConfigSync;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.log.CampaignKeyspace;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one routine that brings Redis and the ledger into agreement: at the first opening of a
 * campaign, after Redis was lost or rolled back, after the ledger was restored, and after drift. It
 * deletes nothing in Redis before the ledger has it. Each step after the first checks that the
 * epoch is still this attempt's; a refused check ends the attempt, and every attempt begins at the
 * first step. Thread-safe.
 *
 * <p>Throws {@link io.sunchak.core.ledger.LedgerException} or {@link
 * io.sunchak.core.log.LogException} when an engine fails: the attempt is then over, and the
 * campaign is not served until another attempt succeeds.
 */
public final class Resync {
  private static final int CHUNK = 1_000;
  private static final long FIRST = 1;

  private final ResyncPorts ports;
  private final InstantSource clock;
  private final ResyncListener listener;
  private final ConfigSync configs;

  public Resync(ResyncPorts ports, InstantSource clock, ResyncListener listener) {
    this.ports = ports;
    this.clock = clock;
    this.listener = listener;
    this.configs = new ConfigSync(ports.campaigns(), ports.keyspace());
  }

  /** The outcome of an attempt. */
  public sealed interface Result {}

  /**
   * Redis and ledger agree, and Redis takes reservations of {@code epoch}.
   *
   * @param last the highest sequence given
   * @param drift the differences and how they were settled; the ledger stores them too
   */
  public record Done(long epoch, long last, List<Drift> drift) implements Result {}

  /**
   * A check was refused because another attempt has taken over; the caller must read the ledger
   * again.
   */
  public record Superseded(long epoch, Step at) implements Result {}

  /** The ledger has no such campaign. */
  public record NotFound() implements Result {}

  /** The steps whose check can be refused. */
  public enum Step {
    FENCE,
    HAND_OVER,
    READ,
    SETTLE,
    CLEAR,
    LOAD,
    OPEN,
    FINISH
  }

  /** Ends an attempt from within a step. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Step step;

    Refused(Step step) {
      super(null, null, false, false);
      this.step = step;
    }
  }

  /**
   * Makes one attempt.
   *
   * @param known the highest epoch in which this node has served the campaign; 0 if none
   */
  public Result run(CampaignId campaign, long known) {
    Optional<LedgerHead> head = ports.campaigns().head(campaign);
    if (head.isEmpty()) {
      return new NotFound();
    }
    configs.recover(head.get());
    long held = ports.keyspace().epoch(campaign).orElse(0);
    long epoch = ports.ledger().begin(campaign, Math.max(known, held));
    try {
      return attempt(campaign, head.get(), epoch);
    } catch (Refused refused) {
      return new Superseded(epoch, refused.step);
    }
  }

  private Result attempt(CampaignId campaign, LedgerHead head, long epoch) {
    CampaignKeyspace keyspace = ports.keyspace();
    check(keyspace.fence(campaign, head.ledgerId(), epoch), Step.FENCE);
    Set<String> silent = handOver(campaign, head, epoch);
    List<Reservation> claims = read(campaign, epoch);
    check(keyspace.isFenced(campaign, epoch), Step.READ);
    RepairWriter.Outcome outcome =
        ports
            .ledger()
            .inAttempt(campaign, epoch, attempt -> new RepairWriter(attempt).settle(claims, silent))
            .orElseThrow(() -> new Refused(Step.SETTLE));
    RepairPlan.Plan settled = outcome.plan();
    listener.onRepaired(campaign, epoch, settled.drift());
    outcome.failures().forEach(kept -> listener.onFailure(campaign, kept.row(), kept.reason()));
    check(keyspace.clear(campaign, epoch), Step.CLEAR);
    load(campaign, epoch);
    check(open(campaign, epoch, settled.last()), Step.OPEN);
    check(ports.ledger().finish(campaign, epoch), Step.FINISH);
    return new Done(epoch, settled.last(), settled.drift());
  }

  /**
   * A campaign that was never open cannot have promises. If a node has some all the same, the
   * ledger was restored from an older state.
   */
  private Set<String> handOver(CampaignId campaign, LedgerHead head, long epoch) {
    check(ports.promises().handOver(campaign, epoch), Step.HAND_OVER);
    boolean first = epoch == FIRST && head.witness() == null;
    return first ? Set.of() : ports.peers().handOver(campaign, epoch);
  }

  private List<Reservation> read(CampaignId campaign, long epoch) {
    ClaimsInRedis claims = new ClaimsInRedis(campaign, ports.ledger(), epoch, clock.instant());
    ports.keyspace().forEachLogged(campaign, claims::addReserved);
    ports.keyspace().forEachIssued(campaign, claims::addHeld);
    return claims.inOrder();
  }

  private void load(CampaignId campaign, long epoch) {
    List<Holding> page = ports.ledger().held(campaign, 0, CHUNK);
    while (!page.isEmpty()) {
      check(ports.keyspace().load(campaign, epoch, page), Step.LOAD);
      page = ports.ledger().held(campaign, page.getLast().sequence(), CHUNK);
    }
  }

  private boolean open(CampaignId campaign, long epoch, long last) {
    Campaign config = ports.campaigns().find(campaign).orElseThrow(() -> new Refused(Step.OPEN));
    Campaign covering = configs.raisedTo(last, config);
    return ports.keyspace().open(campaign, epoch, last, covering);
  }

  private static void check(boolean mine, Step step) {
    if (!mine) {
      throw new Refused(step);
    }
  }
}
