package io.sunchak.core.testing;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Coupon;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.NodeName;
import io.sunchak.core.ledger.Progress;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.ResyncLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A ledger without a database, with PostgreSQL's refusals: max_seq, unique numbers and users, the
 * cursor's compare-and-set, the epoch. Each call is one transaction. Thread-safe.
 */
public final class InMemoryLedger
    implements CampaignLedger, CouponLedger, DrainLedger, ResyncLedger, PromiseLedger {
  private static final int REASON_LENGTH = 1_000;

  /** How long a report counts, as in PostgreSQL. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  private static final Comparator<Campaign> BY_END =
      Comparator.comparing((Campaign one) -> one.window().closesAt()).thenComparing(Campaign::id);

  private static final Duration RECENT = Duration.ofMinutes(1);

  private final String ledgerId = "ledger-" + Campaigns.freshId();
  private final Reach reach =
      new Reach(Interference.Engine.LEDGER, m -> new LedgerException(m, null));
  private final InstantSource clock;
  private final Map<CampaignId, LedgerTables> campaigns = new TreeMap<>();
  private final Set<CampaignId> locked = new HashSet<>();

  private final Map<String, Reported> nodes = new HashMap<>();
  private volatile Predicate<Reservation> poison = row -> false;
  private volatile UserTwice userTwice = UserTwice.REFUSED;

  private record Reported(String redis, Instant at) {}

  public InMemoryLedger(InstantSource clock) {
    this.clock = clock;
  }

  /** To take the ledger away, or to interfere with its calls. */
  public Reach reach() {
    return reach;
  }

  /** A user's second coupon is refused, as PostgreSQL does, or not. For campaigns made after. */
  public void userTwice(UserTwice becomes) {
    userTwice = becomes;
  }

  /** Rows that can never be written, whatever the constraints say. */
  public void poison(Predicate<Reservation> rows) {
    poison = rows;
  }

  /** All that is stored, as a backup holds it. */
  public synchronized Snapshot snapshot() {
    Map<CampaignId, LedgerTables> copies = new HashMap<>();
    campaigns.forEach((id, tables) -> copies.put(id, tables.copy()));
    return new Snapshot(copies);
  }

  /** Puts a backup in the place of all that is stored. */
  public synchronized void restore(Snapshot backup) {
    campaigns.clear();
    backup.campaigns.forEach((id, tables) -> campaigns.put(id, tables.copy()));
  }

  /** The sessions that hold the resync's locks end. */
  public synchronized void dropLocks() {
    locked.clear();
  }

  /** What a resync reported. */
  public synchronized List<Drift> drift(CampaignId campaign) {
    return List.copyOf(tables(campaign).drift);
  }

  /** What nodes have handed over and no resync has taken. */
  public synchronized List<Reservation> handedOver(CampaignId campaign) {
    return List.copyOf(tables(campaign).handedOver);
  }

  /** All that the ledger holds of one campaign, also while it is away. */
  public synchronized IssueStage.Stored stored(CampaignId campaign) {
    LedgerTables tables = tables(campaign);
    return new IssueStage.Stored(
        tables.campaign,
        List.copyOf(tables.coupons.values()),
        List.copyOf(tables.failures.values()));
  }

  /** A copy of everything at one moment. */
  public static final class Snapshot {
    private final Map<CampaignId, LedgerTables> campaigns;

    private Snapshot(Map<CampaignId, LedgerTables> campaigns) {
      this.campaigns = campaigns;
    }
  }

  @Override
  public boolean create(Campaign campaign) {
    return transaction(
        "create",
        () -> {
          LedgerTables made = new LedgerTables(campaign.withVersion(1));
          made.userTwice = userTwice;
          return campaigns.putIfAbsent(campaign.id(), made) == null;
        });
  }

  @Override
  public Optional<Campaign> find(CampaignId id) {
    return transaction(
        "find", () -> Optional.ofNullable(campaigns.get(id)).map(tables -> tables.campaign));
  }

  @Override
  public List<Campaign> page(@Nullable CampaignId after, int limit) {
    return transaction(
        "page",
        () ->
            campaigns.values().stream()
                .map(tables -> tables.campaign)
                .filter(campaign -> after == null || campaign.id().compareTo(after) > 0)
                .limit(limit)
                .toList());
  }

  @Override
  public List<Progress> living(@Nullable CampaignId after, int limit) {
    return transaction("living", () -> progress(after, limit, tables -> !tables.ended));
  }

  @Override
  public List<Progress> progress(@Nullable CampaignId after, int limit) {
    return transaction("progress", () -> progress(after, limit, tables -> true));
  }

  private List<Progress> progress(
      @Nullable CampaignId after, int limit, Predicate<LedgerTables> which) {
    return campaigns.values().stream()
        .filter(which)
        .filter(tables -> after == null || tables.id().compareTo(after) > 0)
        .limit(limit)
        .map(t -> new Progress(t.campaign, t.epoch, t.rebuilding, t.cursor))
        .toList();
  }

  @Override
  public List<Campaign> due(Instant end, @Nullable Campaign after, int limit) {
    return transaction(
        "due",
        () ->
            campaigns.values().stream()
                .map(tables -> tables.campaign)
                .filter(campaign -> campaign.state() != CampaignState.ARCHIVED)
                .filter(campaign -> !campaign.window().closesAt().isAfter(end))
                .filter(campaign -> after == null || BY_END.compare(campaign, after) > 0)
                .sorted(BY_END)
                .limit(limit)
                .toList());
  }

  @Override
  public void end(Collection<Campaign> over) {
    transaction(
        "end",
        () -> {
          for (Campaign campaign : over) {
            LedgerTables tables = campaigns.get(campaign.id());
            if (tables != null && tables.campaign.version() == campaign.version()) {
              tables.ended = true;
            }
          }
          return true;
        });
  }

  @Override
  public Set<CampaignId> known(Collection<CampaignId> ids) {
    return transaction(
        "known", () -> ids.stream().filter(campaigns::containsKey).collect(Collectors.toSet()));
  }

  @Override
  public Optional<LedgerHead> head(CampaignId id) {
    return transaction("head", () -> Optional.ofNullable(campaigns.get(id)).map(this::headOf));
  }

  private LedgerHead headOf(LedgerTables tables) {
    Holding last = tables.held().get(tables.cursor);
    Holding witness =
        tables.sightings.values().stream()
            .filter(seen -> seen.epoch() >= tables.epoch)
            .filter(
                seen -> seen.epoch() > tables.epoch || seen.witness().sequence() > tables.cursor)
            .max(
                Comparator.comparingLong(Sighting::epoch)
                    .thenComparingLong(seen -> seen.witness().sequence()))
            .map(Sighting::witness)
            .orElse(last);
    return new LedgerHead(
        ledgerId, tables.epoch, tables.rebuilding, tables.campaign, tables.cursor, last, witness);
  }

  @Override
  public Optional<Campaign> change(long expectedVersion, Campaign changed) {
    return transaction(
        "change",
        () -> {
          LedgerTables tables = campaigns.get(changed.id());
          if (tables == null
              || tables.campaign.version() != expectedVersion
              || tables.campaign.state() == CampaignState.ARCHIVED) {
            return Optional.empty();
          }
          tables.campaign = changed.withVersion(expectedVersion + 1);
          tables.maxSequence = wider(tables.maxSequence, changed.stock());
          tables.ended = false;
          return Optional.of(tables.campaign);
        });
  }

  private static Stock wider(Stock one, Stock other) {
    Long mine = one.total();
    Long theirs = other.total();
    return mine == null || theirs == null ? Stock.unlimited() : Stock.of(Math.max(mine, theirs));
  }

  @Override
  public OptionalLong settled(CampaignId id) {
    return transaction(
        "settled",
        () -> {
          LedgerTables tables = campaigns.get(id);
          if (tables == null) {
            return OptionalLong.empty();
          }
          boolean settled =
              tables.failures.values().stream().noneMatch(f -> f.state().equals("OPEN"))
                  && tables.coupons.size() + tables.failures.size() == tables.cursor;
          return settled ? OptionalLong.of(tables.cursor) : OptionalLong.empty();
        });
  }

  @Override
  public Optional<Campaign> archive(CampaignId id) {
    return transaction(
        "archive",
        () -> {
          LedgerTables tables = campaigns.get(id);
          if (tables == null || tables.campaign.state() == CampaignState.ARCHIVED) {
            return Optional.empty();
          }
          Campaign before = tables.campaign;
          tables.campaign =
              before.withState(CampaignState.ARCHIVED).withVersion(before.version() + 1);
          tables.ended = true;
          tables.rebuilding = false;
          return Optional.of(tables.campaign);
        });
  }

  @Override
  public void settle(CampaignId id, long version) {
    transaction(
        "settle",
        () -> {
          LedgerTables tables = campaigns.get(id);
          if (tables != null && tables.campaign.version() == version) {
            tables.maxSequence = tables.campaign.stock();
          }
          return true;
        });
  }

  @Override
  public Optional<Coupon> find(CampaignId campaign, String user) {
    return transaction(
        "findCoupon",
        () ->
            tables(campaign).coupons.values().stream()
                .filter(coupon -> coupon.user().equals(user))
                .findFirst());
  }

  @Override
  public Optional<Failure> findFailure(CampaignId campaign, String user) {
    return transaction(
        "findFailure",
        () ->
            tables(campaign).failures.values().stream()
                .filter(failure -> failure.user().equals(user))
                .findFirst());
  }

  @Override
  public List<Coupon> page(CampaignId campaign, long after, int limit) {
    return transaction(
        "pageOfCoupons",
        () ->
            tables(campaign).coupons.tailMap(after, false).values().stream().limit(limit).toList());
  }

  @Override
  public Set<Holding> committed(CampaignId campaign, Collection<Holding> asked) {
    return transaction(
        "committed",
        () -> {
          Set<Holding> found = new HashSet<>(asked);
          found.removeIf(w -> {
            Coupon row = tables(campaign).coupons.get(w.sequence());
            return row == null || !row.user().equals(w.user());
          });
          return found;
        });
  }

  @Override
  public Counts counts(CampaignId campaign) {
    return transaction(
        "counts",
        () -> {
          LedgerTables tables = tables(campaign);
          return new Counts(tables.coupons.size(), tables.failures.size(), tables.cursor);
        });
  }

  @Override
  public boolean append(CampaignId campaign, long epoch, long cursor, List<Reservation> batch) {
    return afterMoving(
        "append",
        campaign,
        epoch,
        cursor,
        batch,
        tables -> {
          refusePoison(batch);
          tables.insertCoupons(batch, clock.instant());
        });
  }

  /** Every node may: what is right without turns is right with them. */
  @Override
  public Duration othersTurn(CampaignId campaign) {
    return Duration.ZERO;
  }

  private void refusePoison(List<Reservation> rows) {
    rows.stream()
        .filter(poison)
        .findFirst()
        .ifPresent(bad -> {
          throw new LedgerException.Rejected("poison: " + bad, null);
        });
  }

  @Override
  public boolean appendFailure(
      CampaignId campaign, long epoch, long cursor, Reservation reservation, String reason) {
    List<Reservation> one = List.of(reservation);
    String cut = reason.substring(0, Math.min(REASON_LENGTH, reason.length()));
    return afterMoving(
        "appendFailure",
        campaign,
        epoch,
        cursor,
        one,
        tables -> tables.insertFailures(one, cut, "OPEN"));
  }

  private boolean afterMoving(
      String name,
      CampaignId campaign,
      long epoch,
      long cursor,
      List<Reservation> batch,
      Consumer<LedgerTables> insert) {
    return transaction(
        name,
        () -> {
          LedgerTables tables = campaigns.get(campaign);
          if (tables == null || tables.cursor != cursor || tables.epoch != epoch) {
            return false;
          }
          insert.accept(tables);
          tables.cursor = cursor + batch.size();
          return true;
        });
  }

  @Override
  public Optional<Lock> tryLock(CampaignId campaign) {
    return transaction(
        "tryLock",
        () -> locked.add(campaign) ? Optional.of(() -> unlock(campaign)) : Optional.empty());
  }

  private synchronized void unlock(CampaignId campaign) {
    locked.remove(campaign);
  }

  @Override
  public long begin(CampaignId campaign, long atLeast) {
    return transaction(
        "begin",
        () -> {
          LedgerTables tables = tables(campaign);
          if (tables.campaign.state() == CampaignState.ARCHIVED) {
            throw new LedgerException(campaign + " is archived", null);
          }
          tables.epoch = Math.max(tables.epoch, atLeast) + 1;
          tables.rebuilding = true;
          return tables.epoch;
        });
  }

  @Override
  public List<Holding> missing(CampaignId campaign, Collection<Holding> held) {
    return transaction(
        "missing",
        () -> {
          Collection<Holding> there = tables(campaign).held().values();
          return held.stream().filter(witness -> !there.contains(witness)).toList();
        });
  }

  @Override
  public <T> Optional<T> inAttempt(CampaignId campaign, long epoch, Function<Attempt, T> work) {
    return transaction(
        "inAttempt",
        () -> {
          LedgerTables tables = campaigns.get(campaign);
          if (tables == null || tables.epoch != epoch || !tables.rebuilding) {
            return Optional.empty();
          }
          LedgerTables copy = tables.copy();
          T result = work.apply(new LedgerAttempt(copy, clock.instant(), this::refusePoison));
          campaigns.put(campaign, copy);
          return Optional.ofNullable(result);
        });
  }

  @Override
  public List<Holding> held(CampaignId campaign, long after, int limit) {
    return transaction(
        "held",
        () ->
            tables(campaign).held().tailMap(after, false).values().stream().limit(limit).toList());
  }

  @Override
  public boolean finish(CampaignId campaign, long epoch) {
    return transaction(
        "finish",
        () -> {
          LedgerTables tables = campaigns.get(campaign);
          if (tables == null || tables.epoch != epoch || !tables.handedOver.isEmpty()) {
            return false;
          }
          tables.rebuilding = false;
          return true;
        });
  }

  @Override
  public void report(String node, String redis, Collection<Sighting> seen) {
    transaction(
        "report",
        () -> {
          nodes.put(node, new Reported(redis, clock.instant()));
          seen.stream()
              .filter(sighting -> campaigns.containsKey(sighting.campaign()))
              .forEach(sighting -> tables(sighting.campaign()).sightings.put(node, sighting));
          return true;
        });
  }

  @Override
  public void tidy() {
    transaction(
        "tidy",
        () -> {
          campaigns.values().forEach(LedgerTables::tidy);
          return nodes
              .values()
              .removeIf(one -> one.at().isBefore(clock.instant().minus(Duration.ofDays(1))));
        });
  }

  @Override
  public void leave(String node, Map<CampaignId, List<Reservation>> promises) {
    transaction(
        "leave",
        () -> {
          promises.forEach((campaign, left) -> tables(campaign).handedOver.addAll(left));
          return nodes.remove(node);
        });
  }

  @Override
  public List<Rebuilding> rebuilding(Collection<CampaignId> promised) {
    return transaction(
        "rebuilding",
        () ->
            campaigns.values().stream()
                .filter(tables -> tables.rebuilding)
                .filter(tables -> tables.epoch > 1 || promised.contains(tables.id()))
                .map(tables -> new Rebuilding(tables.id(), tables.epoch))
                .toList());
  }

  @Override
  public boolean handOver(
      CampaignId campaign, long epoch, String node, List<Reservation> promises) {
    return transaction(
        "handOver",
        () -> {
          LedgerTables tables = campaigns.get(campaign);
          if (tables == null || tables.epoch != epoch || !tables.rebuilding) {
            return false;
          }
          tables.handedOver.addAll(promises);
          tables.handedOverBy.put(node, epoch);
          return true;
        });
  }

  @Override
  public List<Rebuilding> handOverNothing(List<Rebuilding> resyncs, String node) {
    return resyncs.stream()
        .filter(resync -> handOver(resync.campaign(), resync.epoch(), node, List.of()))
        .toList();
  }

  @Override
  public List<Peer> withoutHandOver(CampaignId campaign, long epoch, String node) {
    return transaction(
        "withoutHandOver",
        () ->
            peers(
                node,
                (peer, reported) -> tables(campaign).handedOverBy.getOrDefault(peer, 0L) < epoch));
  }

  @Override
  public List<Rebuilding> unanswered(String node) {
    return transaction(
        "unanswered",
        () ->
            campaigns.values().stream()
                .flatMap(tables ->
                    tables.silences.stream()
                        .filter(one -> one.node().equals(node))
                        .map(one -> new Rebuilding(tables.id(), one.epoch())))
                .toList());
  }

  @Override
  public void answer(List<Rebuilding> resyncs, String node) {
    transaction(
        "answer",
        () -> {
          resyncs.forEach(resync ->
              tables(resync.campaign())
                  .silences
                  .removeIf(one -> one.node().equals(node) && one.epoch() == resync.epoch()));
          return true;
        });
  }

  @Override
  public List<Peer> elsewhere(String redis, String node) {
    return transaction(
        "elsewhere",
        () ->
            peers(
                node,
                (peer, reported) ->
                    !reported.redis().isEmpty() && !reported.redis().equals(redis)));
  }

  private List<Peer> peers(String node, BiPredicate<String, Reported> which) {
    Instant now = clock.instant();
    return nodes.entrySet().stream()
        .filter(peer -> !peer.getKey().equals(node) && which.test(peer.getKey(), peer.getValue()))
        .filter(peer -> peer.getValue().at().isAfter(now.minus(KEPT)))
        .map(peer -> {
          Instant at = peer.getValue().at();
          boolean recent = at.isAfter(now.minus(RECENT));
          return new Peer(peer.getKey(), at, recent, isSucceeded(peer.getKey(), at));
        })
        .toList();
  }

  private boolean isSucceeded(String node, Instant reportedAt) {
    return nodes.entrySet().stream()
        .filter(next -> NodeName.place(next.getKey()).equals(NodeName.place(node)))
        .anyMatch(next -> next.getValue().at().isAfter(reportedAt.plus(SILENCE)));
  }

  private LedgerTables tables(CampaignId campaign) {
    LedgerTables tables = campaigns.get(campaign);
    if (tables == null) {
      throw new LedgerException("no such campaign: " + campaign, null);
    }
    return tables;
  }

  private <T> T transaction(String name, Supplier<T> work) {
    return reach.call(
        name,
        () -> {
          synchronized (this) {
            return work.get();
          }
        });
  }
}
