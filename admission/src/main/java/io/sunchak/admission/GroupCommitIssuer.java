package io.sunchak.admission;

import io.lettuce.core.ScriptOutputType;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Witness;
import io.sunchak.core.align.AdmissionGate;
import io.sunchak.core.align.Attention;
import io.sunchak.core.align.PromiseBook;
import io.sunchak.core.align.Terms;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Issues through the reserve script, many requests a call: each campaign has a lane of its own.
 * Serves a campaign only while its gate is open, on the very connection it was verified on.
 * Thread-safe.
 */
public final class GroupCommitIssuer implements CouponIssuer, AdmissionGate, Lanes, AutoCloseable {
  private static final int MOST_LANES = 10_000;
  private static final Duration ABSENT = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofMillis(100);
  private static final int FIXED_ARGUMENTS = 5;

  private final RedisLink link;
  private final CampaignKeyspace keyspace;
  private final RedisGuard guard;
  private final PromiseBook promises;
  private final Settings settings;
  private final Map<CampaignId, Lane> lanes = new ConcurrentHashMap<>();
  private final Executor loader = Thread::startVirtualThread;
  private final GuardedLoop sweeper;
  private volatile Attention attention = (campaign, why) -> {};
  private volatile @Nullable Known redis;
  private volatile boolean unsafe;
  private volatile boolean closed;

  /** Which Redis answers on a connection. */
  private record Known(long connection, String identity) {}

  /**
   * How the issuer behaves.
   *
   * @param maxBacklog reservations a campaign's log may hold before BACKLOG_FULL
   * @param listener told of each group; what it throws goes to {@code surprises} and no further
   */
  public record Settings(
      Bounds bounds, long maxBacklog, AdmissionListener listener, LoopListener surprises) {
    /** Sensible bounds: 16,384 waiting requests a campaign, each at most 2 s unsent. */
    public static Settings of(long maxBacklog, AdmissionListener listener, LoopListener surprises) {
      Bounds bounds = new Bounds(16_384, Duration.ofSeconds(2));
      return new Settings(bounds, maxBacklog, listener, surprises);
    }
  }

  /**
   * An issuer whose gates are all shut.
   *
   * @param link for the reserve script alone: nothing else may delay it
   * @param keyspace on another connection
   * @param promises where each yes is kept before it is told
   */
  public GroupCommitIssuer(
      RedisLink link,
      CampaignKeyspace keyspace,
      RedisGuard guard,
      PromiseBook promises,
      Settings settings) {
    this.link = link;
    this.keyspace = keyspace;
    this.guard = guard;
    this.promises = promises;
    this.settings = settings;
    this.sweeper = GuardedLoop.platform("admission-sweeper", this::sweep, settings.surprises());
    link.onChange(this::connectionChanged);
    sweeper.start();
  }

  /** Whom to tell when a campaign needs the keeper; set once, before the first request. */
  public void attentionTo(Attention keeper) {
    attention = keeper;
  }

  @Override
  public CompletionStage<IssueOutcome> issue(IssueRequest request) {
    CampaignId campaign = request.campaign();
    Pending taken = null;
    while (taken == null) {
      Lane lane = lanes.get(campaign);
      if (lane == null) {
        if (closed || lanes.size() >= MOST_LANES) {
          return CompletableFuture.completedFuture(new Unavailable(Unavailable.Reason.OVERLOADED));
        }
        lane = lane(campaign);
      }
      taken = lane.offer(request.user().value());
      if (taken == null) {
        lanes.remove(campaign, lane);
      }
    }
    return taken;
  }

  private Lane lane(CampaignId campaign) {
    return lanes.computeIfAbsent(
        campaign, id -> new Lane(id, this, new LocalRefusals(id, this::loadHolders, loader)));
  }

  private @Nullable HolderFilter loadHolders(CampaignId campaign) {
    try {
      return HolderFilter.load(campaign, keyspace);
    } catch (LogException away) {
      return null;
    }
  }

  @Override
  public OptionalLong connection() {
    return link.number();
  }

  @Override
  public String redis() {
    OptionalLong now = link.number();
    if (now.isEmpty()) {
      return "";
    }
    Known known = redis;
    if (known == null || known.connection() != now.getAsLong()) {
      try {
        known = new Known(now.getAsLong(), guard.identity());
        redis = known;
      } catch (LogException away) {
        return "";
      }
    }
    return known.identity();
  }

  @Override
  public Optional<String> unsafeSetting() {
    Optional<String> found = guard.unsafeSetting();
    unsafe = found.isPresent();
    return found;
  }

  @Override
  public Optional<Disagreement> probe(Terms terms, long number) {
    RedisLink.Standing on = link.standing();
    if (on == null || on.number() != number) {
      throw new LogException("the connection was replaced", null);
    }
    Terms own = lane(terms.campaign()).withOwnWitness(terms);
    return switch (ReserveReply.parse(link.await(reserve(on, own, own.witness(), List.of())), 0)) {
      case ReserveReply.Refused refused -> Optional.of(refused.why());
      case ReserveReply.Decided _ -> Optional.empty();
    };
  }

  @Override
  public void open(Terms terms, long number) {
    lane(terms.campaign()).open(terms, number);
    if (link.number().orElse(-1) != number) {
      shut(terms.campaign());
    }
  }

  @Override
  public void shut(CampaignId campaign) {
    lane(campaign).shut();
  }

  @Override
  public void absent(CampaignId campaign) {
    lane(campaign).absent(System.nanoTime() + ABSENT.toNanos());
  }

  @Override
  public PromiseBook promises() {
    return promises;
  }

  @Override
  public Bounds bounds() {
    return settings.bounds();
  }

  @Override
  public boolean connected() {
    return link.standing() != null;
  }

  @Override
  public Unavailable.Reason shutReason() {
    return connected() && !unsafe ? Unavailable.Reason.REBUILDING : Unavailable.Reason.REDIS_DOWN;
  }

  @Override
  public RedisLink.@Nullable Standing standing() {
    return link.standing();
  }

  @Override
  public CompletionStage<String> reserve(
      RedisLink.Standing on, Terms terms, @Nullable Witness witness, List<String> users) {
    String[] arguments = new String[FIXED_ARGUMENTS + users.size()];
    arguments[0] = terms.ledgerId();
    arguments[1] = Long.toString(terms.epoch());
    arguments[2] = witness == null ? "" : witness.user();
    arguments[3] = witness == null ? "" : Long.toString(witness.sequence());
    arguments[4] = Long.toString(settings.maxBacklog());
    for (int i = 0; i < users.size(); i++) {
      arguments[FIXED_ARGUMENTS + i] = users.get(i);
    }
    String[] keys = CampaignKeys.of(terms.campaign()).all();
    return RedisScript.RESERVE
        .<String>call(on.commands(), ScriptOutputType.VALUE, keys, arguments)
        .whenComplete((text, error) -> {
          if (error != null && ScriptFailure.of(error).endsConnection()) {
            link.giveUp(on);
          }
        });
  }

  @Override
  public void attention(CampaignId campaign, @Nullable Disagreement why) {
    surprises().guard("attention", () -> attention.needed(campaign, why));
  }

  @Override
  public AdmissionListener listener() {
    return settings.listener();
  }

  @Override
  public LoopListener surprises() {
    return settings.surprises();
  }

  private void connectionChanged() {
    boolean lost = !connected();
    lanes.forEach((campaign, lane) -> {
      if (lost) {
        surprises().guard("lane", lane::shut);
      } else {
        attention(campaign, null);
      }
    });
  }

  private boolean sweep() throws InterruptedException {
    long now = System.nanoTime();
    lanes.forEach((campaign, lane) -> surprises().guard("lane", () -> sweep(campaign, lane, now)));
    return sweeper.pause(SWEEP);
  }

  private void sweep(CampaignId campaign, Lane lane, long now) {
    if (lane.sweep(now)) {
      lanes.remove(campaign, lane);
    }
  }

  /** Nobody is served from now on; who waits is told. */
  @Override
  public void close() {
    closed = true;
    sweeper.end();
    lanes.values().forEach(Lane::shut);
  }
}
