package io.sunchak.core.testing;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Reservation;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import io.sunchak.core.promise.PromiseBook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node's issuer over the in-memory keyspace: one request a call, on the caller's thread, no local
 * refusals. Gate, witness and promises are those of the real one. Thread-safe.
 */
public final class InMemoryIssuer implements CouponIssuer, AdmissionGate {
  private final InMemoryKeyspace keyspace;
  private final long maxBacklog;
  private final PromiseBook book = new PromiseBook(Integer.MAX_VALUE);
  private final Map<CampaignId, InMemoryLane> lanes = new ConcurrentHashMap<>();
  private final Set<CampaignId> over = ConcurrentHashMap.newKeySet();
  private final CheckRequests checks;
  private volatile Consumer<CampaignId> accepted = campaign -> {};
  private volatile @Nullable String unsafe;

  /**
   * An issuer whose gates are all shut.
   *
   * @param checks told when a campaign needs a check
   */
  public InMemoryIssuer(InMemoryKeyspace keyspace, long maxBacklog, CheckRequests checks) {
    this.keyspace = keyspace;
    this.maxBacklog = maxBacklog;
    this.checks = checks;
  }

  /** Whom to tell of each acceptance. */
  public void wakeAfterAccepting(Consumer<CampaignId> drain) {
    accepted = drain;
  }

  /** From now on Redis is set so that it promises too much; null: safe again. */
  public void unsafe(@Nullable String setting) {
    unsafe = setting;
  }

  @Override
  public CompletionStage<IssueOutcome> issue(IssueRequest request) {
    CampaignId campaign = request.campaign();
    InMemoryLane.Entry entry = lane(campaign).enter(request.user().value());
    return switch (entry) {
      case InMemoryLane.Waits(CompletableFuture<IssueOutcome> answer) -> {
        checks.checkNow(campaign, null);
        yield answer;
      }
      case InMemoryLane.Archived _ ->
          CompletableFuture.completedFuture(new IssueOutcome.Archived());
      case InMemoryLane.Turned _ -> CompletableFuture.completedFuture(turnedAway());
      case InMemoryLane.Served served ->
          CompletableFuture.completedFuture(decide(campaign, served, request.user().value()));
    };
  }

  private IssueOutcome turnedAway() {
    Reason reason = connection().isPresent() ? Reason.REBUILDING : Reason.REDIS_DOWN;
    return new IssueOutcome.Unavailable(reason);
  }

  private IssueOutcome decide(CampaignId campaign, InMemoryLane.Served served, String user) {
    InMemoryLane lane = lane(campaign);
    long on = served.connection();
    if (connection().orElse(-1) != on) {
      lane.shut(turnedAway());
      checks.checkNow(campaign, null);
      return turnedAway();
    }
    ReserveReply reply;
    try {
      reply = keyspace.reserve(on, served.lease(), maxBacklog, List.of(user));
    } catch (LogException lost) {
      return unknown(campaign);
    }
    if (connection().orElse(-1) != on) {
      return unknown(campaign);
    }
    return switch (reply) {
      case ReserveReply.Refused(Disagreement why) -> {
        lane.shutIfStill(served.lease().epoch(), turnedAway());
        checks.checkNow(campaign, why);
        yield new IssueOutcome.Unavailable(Reason.REBUILDING);
      }
      case ReserveReply.Decided(List<IssueOutcome> outcomes) ->
          decided(campaign, served.lease().epoch(), user, outcomes.getFirst());
    };
  }

  private IssueOutcome unknown(CampaignId campaign) {
    lane(campaign).shut(turnedAway());
    checks.checkNow(campaign, null);
    return new IssueOutcome.Unknown();
  }

  private IssueOutcome decided(CampaignId campaign, long epoch, String user, IssueOutcome outcome) {
    if (outcome instanceof IssueOutcome.Held held) {
      Instant at = held instanceof IssueOutcome.Accepted now ? now.acceptedAt() : Instant.EPOCH;
      Reservation promise = new Reservation(epoch, held.sequence(), user, at);
      if (!book.keep(campaign, epoch, List.of(promise))) {
        lane(campaign).shutIfStill(epoch, turnedAway());
        checks.checkNow(campaign, null);
        return new IssueOutcome.Unknown();
      }
      lane(campaign).remember(epoch, user, held);
      accepted.accept(campaign);
    }
    return outcome;
  }

  @Override
  public OptionalLong connection() {
    return keyspace.connection();
  }

  @Override
  public String redis() {
    return connection().isPresent() ? "redis-" + connection().getAsLong() : "";
  }

  @Override
  public String knownRedis() {
    return redis();
  }

  @Override
  public Optional<String> unsafeSetting() {
    return Optional.ofNullable(unsafe);
  }

  @Override
  public Optional<Disagreement> probe(Lease lease, long connection) {
    Lease own = lane(lease.campaign()).withOwnWitness(lease);
    return switch (keyspace.reserve(connection, own, maxBacklog, List.of())) {
      case ReserveReply.Refused(Disagreement why) -> Optional.of(why);
      case ReserveReply.Decided _ -> Optional.empty();
    };
  }

  @Override
  public void open(Lease lease, long connection) {
    CampaignId campaign = lease.campaign();
    InMemoryLane.Served served = new InMemoryLane.Served(lease, connection);
    for (InMemoryLane.Waiting waited : lane(campaign).open(lease, connection)) {
      waited.answer().complete(decide(campaign, served, waited.user()));
    }
  }

  @Override
  public void markUnverified(CampaignId campaign) {
    lane(campaign).shutIfUnknown(turnedAway());
  }

  @Override
  public void shut(CampaignId campaign) {
    lane(campaign).shut(turnedAway());
  }

  @Override
  public void markAbsent(CampaignId campaign) {
    lane(campaign).absent();
  }

  @Override
  public void markArchived(CampaignId campaign) {
    lane(campaign).archived();
  }

  @Override
  public void markOver(CampaignId campaign) {
    over.add(campaign);
  }

  /** Whether what is kept of the campaign may go. */
  public boolean isOver(CampaignId campaign) {
    return over.contains(campaign);
  }

  /** What this node has told users. */
  public PromiseBook promises() {
    return book;
  }

  /** Whether requests are let through to the script. */
  public boolean isOpen(CampaignId campaign) {
    return lane(campaign).isOpen();
  }

  private InMemoryLane lane(CampaignId campaign) {
    return lanes.computeIfAbsent(campaign, id -> new InMemoryLane());
  }
}
