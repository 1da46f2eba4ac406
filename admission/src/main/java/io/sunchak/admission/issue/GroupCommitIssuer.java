package io.sunchak.admission.issue;

import io.lettuce.core.ScriptOutputType;
import io.sunchak.admission.link.Link;
import io.sunchak.admission.link.RedisGuard;
import io.sunchak.admission.link.ReplicaAcks;
import io.sunchak.admission.script.CampaignKeys;
import io.sunchak.admission.script.KeyForm;
import io.sunchak.admission.script.RedisScript;
import io.sunchak.admission.script.ReserveReply;
import io.sunchak.admission.script.ScriptFailure;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.Eligibility;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.promise.PromiseBook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Issues through the reserve script, many requests a call. Each campaign has its own {@link Lane}.
 * A campaign is served only while its gate is open, and only on the connection on which it was
 * verified. Thread-safe.
 */
public final class GroupCommitIssuer
    implements CouponIssuer, AdmissionGate, LaneHost, AutoCloseable {
  private static final Duration SWEEP = Duration.ofMillis(100);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final int FIXED_ARGUMENTS = 6;

  private final Link link;
  private final Ports ports;
  private final Settings settings;
  private final Map<CampaignId, Lane> lanes = new ConcurrentHashMap<>();
  private final Set<Lane> waiting = ConcurrentHashMap.newKeySet();
  private final LaneWaiters laneWaiters;
  private final Background background;
  private final Runnable endSweeping;
  private volatile @Nullable Identified redis;
  private volatile boolean unsafe;
  private volatile boolean closed;

  /** Used by the sweeper's thread alone. */
  private long retiredAt;

  /** The identity of the Redis at the other end of a connection. */
  private record Identified(long connection, String identity) {}

  /**
   * How the issuer behaves.
   *
   * @param acks how many replicas must have a group before its users are told
   * @param maxBacklog the reservations that one campaign's log may hold before BACKLOG_FULL. A full
   *     {@link PromiseBook} has the same answer
   * @param listener its exceptions go to {@code surprises}
   */
  public record Settings(
      Bounds bounds,
      ReplicaAcks acks,
      long maxBacklog,
      AdmissionListener listener,
      LoopListener surprises) {
    /**
     * Sensible bounds: 16,384 waiting requests a campaign, each at most 2 s unsent; no replica is
     * waited for.
     */
    public static Settings of(long maxBacklog, AdmissionListener listener, LoopListener surprises) {
      Bounds bounds = new Bounds(16_384, Duration.ofSeconds(2));
      return new Settings(bounds, ReplicaAcks.NONE, maxBacklog, listener, surprises);
    }

    /** The same, waiting for these replicas. */
    public Settings with(ReplicaAcks awaited) {
      return new Settings(bounds, awaited, maxBacklog, listener, surprises);
    }
  }

  /**
   * The ports that the issuer uses.
   *
   * @param keyspace must not use the reserve script's connection
   * @param promises keeps each accepted user before the user is answered
   * @param checks receives the campaigns that need a check
   */
  public record Ports(
      CampaignKeyspace keyspace, RedisGuard guard, PromiseBook promises, CheckRequests checks) {}

  /**
   * An issuer whose gates are all shut.
   *
   * @param link for the reserve script alone, so that nothing else delays it
   */
  public GroupCommitIssuer(Link link, Ports ports, Settings settings) {
    this(link, ports, settings, new Threads(settings.surprises()));
  }

  /** As the other one, with a clock and threads of its own. */
  public GroupCommitIssuer(Link link, Ports ports, Settings settings, Background background) {
    this.link = link;
    this.ports = ports;
    this.settings = settings;
    this.background = background;
    this.laneWaiters = new LaneWaiters(this::checkUnknown, background::nanoTime);
    this.retiredAt = background.nanoTime();
    link.onChange(this::connectionChanged);
    this.endSweeping = background.repeat("admission-sweeper", this::sweep, SWEEP);
  }

  @Override
  public CompletionStage<IssueOutcome> issue(IssueRequest request) {
    CampaignId campaign = request.campaign();
    if (closed) {
      return CompletableFuture.completedFuture(new Unavailable(Unavailable.Reason.OVERLOADED));
    }
    Lane lane = lanes.get(campaign);
    Pending taken = lane == null ? null : lane.offer(request);
    return taken == null ? laneWaiters.offer(request) : taken;
  }

  /** To be called only for campaigns that the ledger has: a lane must not be made for any name. */
  private Lane lane(CampaignId campaign) {
    return lanes.computeIfAbsent(
        campaign, id -> new Lane(id, this, new LocalRefusals(id, this::loadHolders, background)));
  }

  private @Nullable HolderFilter loadHolders(CampaignId campaign) {
    try {
      return HolderFilter.load(campaign, ports.keyspace());
    } catch (LogException away) {
      return null;
    }
  }

  @Override
  public OptionalLong connection() {
    return link.connectionNumber();
  }

  @Override
  public String redis() {
    OptionalLong now = link.connectionNumber();
    if (now.isEmpty()) {
      return "";
    }
    Identified known = redis;
    if (known == null || known.connection() != now.getAsLong()) {
      try {
        known = new Identified(now.getAsLong(), ports.guard().identity());
        redis = known;
      } catch (LogException away) {
        return "";
      }
    }
    return known.identity();
  }

  @Override
  public String knownRedis() {
    Identified known = redis;
    boolean current = known != null && link.connectionNumber().orElse(-1) == known.connection();
    return known != null && current ? known.identity() : "";
  }

  @Override
  public Optional<String> unsafeSetting() {
    Optional<String> found = ports.guard().unsafeSetting();
    unsafe = found.isPresent();
    return found;
  }

  @Override
  public Optional<Disagreement> probe(Lease lease, long number) {
    Link.Established on = link.established();
    if (on == null || on.number() != number) {
      throw new LogException("the connection was replaced", null);
    }
    Lease own = lane(lease.campaign()).withOwnWitness(lease);
    return switch (ReserveReply.parse(link.await(reserve(on, own, own.witness(), List.of())), 0)) {
      case ReserveReply.Refused refused -> Optional.of(refused.why());
      case ReserveReply.Decided _ -> Optional.empty();
    };
  }

  @Override
  public void open(Lease lease, long number) {
    CampaignId campaign = lease.campaign();
    Lane lane = lane(campaign);
    while (!lane.open(lease, number)) {
      lanes.remove(campaign, lane);
      lane = lane(campaign);
    }
    lane.adopt(laneWaiters.takeOut(campaign));
    if (link.connectionNumber().orElse(-1) != number) {
      shut(campaign);
    }
  }

  @Override
  public void markUnverified(CampaignId campaign) {
    Lane lane = lanes.get(campaign);
    if (lane != null) {
      lane.unverified();
    }
  }

  @Override
  public void shut(CampaignId campaign) {
    Lane lane = lane(campaign);
    lane.adopt(laneWaiters.takeOut(campaign));
    lane.shut();
  }

  @Override
  public void markAbsent(CampaignId campaign) {
    laneWaiters.markAbsent(campaign);
    Lane lane = lanes.get(campaign);
    if (lane != null) {
      lane.absent(nanoTime() + LaneWaiters.ABSENT.toNanos());
    }
  }

  @Override
  public void markArchived(CampaignId campaign) {
    Lane lane = lane(campaign);
    lane.adopt(laneWaiters.takeOut(campaign));
    lane.archived();
  }

  @Override
  public void markOver(CampaignId campaign) {
    Lane lane = lanes.get(campaign);
    if (lane != null) {
      lane.over();
    }
  }

  @Override
  public PromiseBook promises() {
    return ports.promises();
  }

  @Override
  public Bounds bounds() {
    return settings.bounds();
  }

  @Override
  public long nanoTime() {
    return background.nanoTime();
  }

  @Override
  public boolean connected() {
    return link.established() != null;
  }

  @Override
  public Unavailable.Reason shutReason() {
    return connected() && !unsafe ? Unavailable.Reason.REBUILDING : Unavailable.Reason.REDIS_DOWN;
  }

  @Override
  public Link.@Nullable Established established() {
    return link.established();
  }

  @Override
  public CompletionStage<String> reserve(
      Link.Established on, Lease lease, @Nullable Holding witness, List<Pending> users) {
    String[] arguments = new String[FIXED_ARGUMENTS + users.size()];
    arguments[0] = KeyForm.mark(lease.ledgerId());
    arguments[1] = Long.toString(lease.epoch());
    arguments[2] = witness == null ? "" : witness.user();
    arguments[3] = witness == null ? "" : Long.toString(witness.sequence());
    arguments[4] = Long.toString(settings.maxBacklog());
    arguments[5] = eligible(lease.eligibility(), users);
    for (int i = 0; i < users.size(); i++) {
      arguments[FIXED_ARGUMENTS + i] = users.get(i).user;
    }
    String[] keys = CampaignKeys.of(lease.campaign()).all();
    return on.<String>inOrder(redis ->
            RedisScript.RESERVE.call(
                redis,
                call -> settings.acks().behind(redis, call),
                ScriptOutputType.VALUE,
                keys,
                arguments))
        .whenComplete((text, error) -> {
          if (error != null && ScriptFailure.of(error).endsConnection()) {
            link.giveUp(on);
          }
        });
  }

  /** The eligibility's mark, then for each user whether he meets it; nothing if there is none. */
  private static String eligible(@Nullable Eligibility eligibility, List<Pending> users) {
    if (eligibility == null) {
      return "";
    }
    StringBuilder said = new StringBuilder(Eligibility.MARK + users.size());
    said.append(eligibility.mark());
    users.forEach(user -> said.append(user.isEligible(eligibility) ? '+' : '-'));
    return said.toString();
  }

  @Override
  public void check(CampaignId campaign, @Nullable Disagreement why) {
    ports.checks().checkNow(campaign, why);
  }

  private void checkUnknown(CampaignId campaign) {
    surprises().guard("checks", () -> ports.checks().checkUnknown(campaign));
  }

  @Override
  public AdmissionListener listener() {
    return settings.listener();
  }

  @Override
  public LoopListener surprises() {
    return settings.surprises();
  }

  @Override
  public void waits(Lane lane) {
    waiting.add(lane);
  }

  /**
   * After a reconnect each campaign is checked at its next request or in the serving loop's round.
   */
  private void connectionChanged() {
    if (connected()) {
      lanes.values().forEach(Lane::renew);
      surprises().guard("checks", ports.checks()::connected);
    } else {
      lanes.values().forEach(lane -> surprises().guard("lane", lane::shut));
    }
  }

  private void sweep() {
    long now = nanoTime();
    for (Lane lane : List.copyOf(waiting)) {
      surprises().guard("lane", () -> sweep(lane, now));
    }
    Unavailable.Reason reason =
        connected() ? Unavailable.Reason.OVERLOADED : Unavailable.Reason.REDIS_DOWN;
    laneWaiters.sweep(now, bounds().waitNanos(), new Unavailable(reason));
    if (now - retiredAt > IDLE.toNanos()) {
      retiredAt = now;
      lanes.values().removeIf(lane -> lane.retire(now, IDLE.toNanos()));
    }
  }

  private void sweep(Lane lane, long now) {
    // In this order: a request that begins to wait in between adds the lane again.
    waiting.remove(lane);
    if (!lane.sweep(now)) {
      waiting.add(lane);
    }
  }

  /** How many campaigns have a lane. */
  int lanes() {
    return lanes.size();
  }

  /** Refuses the requests that wait and all later ones. */
  @Override
  public void close() {
    closed = true;
    endSweeping.run();
    lanes.values().forEach(Lane::shut);
    laneWaiters.sweep(nanoTime(), -1, new Unavailable(Unavailable.Reason.OVERLOADED));
  }
}
