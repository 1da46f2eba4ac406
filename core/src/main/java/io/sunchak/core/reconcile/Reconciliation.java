package io.sunchak.core.reconcile;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.OverviewLedger;
import io.sunchak.core.ledger.OverviewLedger.Census;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.KeyspaceView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a campaign's holders in Redis and in the ledger while the campaign is issuing: it reads
 * like a resync, but sets no fence and writes nothing. Differences are shown to people; only a
 * resync repairs them, never a single write.
 *
 * <p>It compares the holders up to the ledger's cursor and Redis' sequence as they were before it
 * began. Both only rise within an epoch, so those holders must be on both sides, however long the
 * comparison takes. If the epoch changed meanwhile, there is no conclusion. Thread-safe, blocking;
 * throws what the ports throw.
 */
public final class Reconciliation {
  private static final int CHUNK = 1_000;

  private final Ports ports;

  /** The ports that are read. */
  public record Ports(
      CampaignLedger campaigns,
      ResyncLedger ledger,
      OverviewLedger overview,
      CampaignKeyspace keyspace,
      KeyspaceView view) {}

  public Reconciliation(Ports ports) {
    this.ports = ports;
  }

  /** The conclusion. */
  public enum Conclusion {
    AGREES,
    DRIFT,
    /** A resync came in between, or Redis does not have the campaign: no conclusion. */
    INCONCLUSIVE
  }

  /** The ways in which one user's number can differ. */
  public enum Kind {
    /** The ledger has a number above the last one that Redis gave: Redis was rolled back. */
    ROLLED_BACK,
    NOT_IN_REDIS,
    NOT_IN_LEDGER,
    /** Both sides have the user, with different numbers. */
    RENUMBERED,
    /** Given, not drained yet, and not in the log. */
    NOT_IN_LOG
  }

  /** One difference. A number is null if that side has none. */
  public record Difference(
      Kind kind, String user, @Nullable Long redisSequence, @Nullable Long ledgerSequence) {}

  /**
   * The result of a comparison.
   *
   * @param issued users in the issued hash
   * @param sequence the last number that Redis gave
   * @param shown the first differences, at most {@value Differences#SHOWN}
   * @param differences how many there are
   */
  public record Report(
      CampaignId campaign,
      long epoch,
      long issued,
      long sequence,
      Census census,
      List<Difference> shown,
      long differences,
      Conclusion conclusion) {}

  /**
   * The result of comparing a part.
   *
   * @param report holds only the differences of this part
   * @param next where the next part begins; 0 if this was the last
   * @param compared how many holders were compared
   */
  public record Part(Report report, long next, int compared) {}

  /**
   * Compares a bounded number of the ledger's holders above {@code after} with Redis, cheap enough
   * to be repeated for a campaign of any size. It does not search for holders that only Redis has:
   * the scripts' own checks detect them by their count. Empty if the ledger has no such campaign,
   * or it is archived.
   */
  public Optional<Part> part(CampaignId campaign, long after, int most) {
    Optional<LedgerHead> head = inBoth(campaign);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    Optional<Facts> facts = ports.keyspace().facts(campaign);
    Differences found = new Differences();
    boolean joined = facts.isPresent() && isJoined(head.get(), facts.get());
    long next = 0;
    int compared = 0;
    if (joined) {
      List<Holding> page = ports.ledger().held(campaign, after, most);
      List<Holding> drained = upTo(head.get().cursor(), page);
      compareWithRedis(campaign, drained, facts.get().sequence(), found);
      compared = drained.size();
      next = drained.size() < most ? 0 : drained.getLast().sequence();
      joined = isStill(campaign, head.get());
    }
    Report report = report(head.get(), facts.orElse(null), joined, found);
    return Optional.of(new Part(report, next, compared));
  }

  /** Compares all holders; empty if the ledger has no such campaign, or it is archived. */
  public Optional<Report> run(CampaignId campaign) {
    Optional<LedgerHead> head = inBoth(campaign);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    Optional<Facts> facts = ports.keyspace().facts(campaign);
    Differences found = new Differences();
    boolean joined = facts.isPresent() && isJoined(head.get(), facts.get());
    if (joined) {
      compareLedger(campaign, head.get().cursor(), facts.get().sequence(), found);
      compareRedis(campaign, head.get().cursor(), found);
      compareLog(campaign, head.get().cursor(), facts.get(), found);
      joined = isStill(campaign, head.get());
    }
    return Optional.of(report(head.get(), facts.orElse(null), joined, found));
  }

  private Optional<LedgerHead> inBoth(CampaignId campaign) {
    return ports
        .campaigns()
        .head(campaign)
        .filter(head -> head.campaign().state() != CampaignState.ARCHIVED);
  }

  private static boolean isJoined(LedgerHead head, Facts facts) {
    return !head.rebuilding() && head.epoch() == facts.epoch();
  }

  private boolean isStill(CampaignId campaign, LedgerHead before) {
    Optional<LedgerHead> now = ports.campaigns().head(campaign);
    Optional<Facts> facts = ports.keyspace().facts(campaign);
    return now.isPresent()
        && facts.isPresent()
        && now.get().epoch() == before.epoch()
        && isJoined(now.get(), facts.get());
  }

  private void compareLedger(CampaignId campaign, long cursor, long given, Differences found) {
    List<Holding> page = ports.ledger().held(campaign, 0, CHUNK);
    while (!page.isEmpty()) {
      List<Holding> drained = upTo(cursor, page);
      compareWithRedis(campaign, drained, given, found);
      page =
          drained.size() < page.size()
              ? List.of()
              : ports.ledger().held(campaign, page.getLast().sequence(), CHUNK);
    }
  }

  private static List<Holding> upTo(long cursor, List<Holding> page) {
    return page.stream().filter(one -> one.sequence() <= cursor).toList();
  }

  private void compareWithRedis(
      CampaignId campaign, List<Holding> drained, long given, Differences found) {
    Map<String, Long> numbers =
        ports.view().numbers(campaign, drained.stream().map(Holding::user).toList());
    for (Holding row : drained) {
      Long number = numbers.get(row.user());
      if (number == null) {
        Kind kind = row.sequence() > given ? Kind.ROLLED_BACK : Kind.NOT_IN_REDIS;
        found.add(new Difference(kind, row.user(), null, row.sequence()));
      } else if (number != row.sequence()) {
        found.add(new Difference(Kind.RENUMBERED, row.user(), number, row.sequence()));
      }
    }
  }

  private void compareRedis(CampaignId campaign, long cursor, Differences found) {
    ports
        .keyspace()
        .forEachIssued(
            campaign,
            chunk -> {
              List<Holding> due = chunk.stream().filter(one -> one.sequence() <= cursor).toList();
              if (!due.isEmpty()) {
                ports
                    .ledger()
                    .missing(campaign, due)
                    .forEach(one ->
                        found.add(
                            new Difference(Kind.NOT_IN_LEDGER, one.user(), one.sequence(), null)));
              }
            });
  }

  /**
   * Compares the numbers that were given and not drained when the comparison began: they must be in
   * the log, or drained by now.
   */
  private void compareLog(CampaignId campaign, long cursor, Facts facts, Differences found) {
    if (facts.sequence() <= cursor) {
      return;
    }
    Set<Long> logged = new HashSet<>();
    ports
        .keyspace()
        .forEachLogged(
            campaign,
            chunk ->
                chunk.stream()
                    .filter(entry -> entry.epoch() == facts.epoch())
                    .map(Reservation::sequence)
                    .forEach(logged::add));
    long drained =
        ports.campaigns().head(campaign).map(LedgerHead::cursor).orElse(facts.sequence());
    for (long number = drained + 1; number <= facts.sequence(); number++) {
      if (!logged.contains(number)) {
        found.add(new Difference(Kind.NOT_IN_LOG, "number " + number, number, null));
      }
    }
  }

  private Report report(LedgerHead head, @Nullable Facts facts, boolean joined, Differences found) {
    CampaignId campaign = head.campaign().id();
    Census census = ports.overview().census(campaign);
    boolean agrees = found.count() == 0 && census.gaps() == 0 && census.duplicates() == 0;
    Conclusion conclusion =
        !joined ? Conclusion.INCONCLUSIVE : agrees ? Conclusion.AGREES : Conclusion.DRIFT;
    return new Report(
        campaign,
        head.epoch(),
        ports.view().issued(campaign),
        facts == null ? 0 : facts.sequence(),
        census,
        joined ? found.shown() : List.of(),
        joined ? found.count() : 0,
        conclusion);
  }
}
