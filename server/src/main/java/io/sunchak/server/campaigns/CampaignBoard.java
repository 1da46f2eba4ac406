package io.sunchak.server.campaigns;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.Progress;
import io.sunchak.core.log.LogException;
import io.sunchak.core.log.LogHeads;
import io.sunchak.core.log.LogHeads.Head;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * All campaigns as the public sees them. They are read on request, at most once a second for all
 * callers together: one query to the ledger and one to Redis per thousand campaigns that are not
 * over. Campaigns that are over do not change and are read seldom. Thread-safe; reads on its own
 * thread.
 */
public final class CampaignBoard implements AutoCloseable {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int PAGE = 1_000;
  private static final int READS_OF_THE_LIVING = 60;

  private final CampaignLedger campaigns;
  private final LogHeads logs;
  private final InstantSource clock;
  private final Scheduler reader = Schedulers.newSingle("board", true);
  private final AtomicReference<Mono<Sheet>> shared;

  /** Used by the reading thread only. */
  private NavigableMap<CampaignId, Shown> last = new TreeMap<>();

  private int reads;

  /**
   * A board.
   *
   * @param campaigns on connections of its own
   * @param logs on a connection of its own
   */
  public CampaignBoard(CampaignLedger campaigns, LogHeads logs, InstantSource clock) {
    this.campaigns = campaigns;
    this.logs = logs;
    this.clock = clock;
    this.shared = new AtomicReference<>(fresh());
  }

  /** One campaign and how many coupons were given. */
  public record Shown(Campaign campaign, long issued) {}

  /** All campaigns in order of id, as they were at one moment. */
  public record Sheet(Instant at, NavigableMap<CampaignId, Shown> campaigns) {
    public List<Shown> page(@Nullable CampaignId after, int limit) {
      Map<CampaignId, Shown> rest = after == null ? campaigns : campaigns.tailMap(after, false);
      return rest.values().stream().limit(limit).toList();
    }
  }

  /** The sheet of the current second. All callers get the same sheet or the same error. */
  public Mono<Sheet> sheet() {
    return shared.get();
  }

  /**
   * Discards the current sheet, because an operator has changed a campaign and expects to see it.
   */
  public void changed() {
    shared.set(fresh());
  }

  /** Reads a page anew, for operators. Blocking; throws what the ledger throws. */
  public List<Shown> readThrough(@Nullable CampaignId after, int limit) {
    List<Progress> page = campaigns.progress(after, limit);
    Map<CampaignId, Head> heads = heads(page);
    return page.stream().map(one -> shown(one, heads)).toList();
  }

  private Mono<Sheet> fresh() {
    return Mono.fromCallable(this::read)
        .subscribeOn(reader)
        .cache(sheet -> FRESH, error -> FRESH, () -> Duration.ZERO);
  }

  private Sheet read() {
    boolean everything = reads % READS_OF_THE_LIVING == 0;
    NavigableMap<CampaignId, Shown> now = everything ? new TreeMap<>() : new TreeMap<>(last);
    CampaignId after = null;
    do {
      List<Progress> page =
          everything ? campaigns.progress(after, PAGE) : campaigns.living(after, PAGE);
      Map<CampaignId, Head> heads = heads(page);
      page.forEach(one -> now.put(one.campaign().id(), shown(one, heads)));
      after = page.size() < PAGE ? null : page.getLast().campaign().id();
    } while (after != null);
    reads++;
    last = now;
    return new Sheet(clock.instant(), Collections.unmodifiableNavigableMap(now));
  }

  /** Empty if Redis is down; the ledger's older numbers are used then. */
  private Map<CampaignId, Head> heads(List<Progress> page) {
    try {
      return page.isEmpty()
          ? Map.of()
          : logs.heads(page.stream().map(one -> one.campaign().id()).toList()).of();
    } catch (LogException away) {
      return Map.of();
    }
  }

  private static Shown shown(Progress one, Map<CampaignId, Head> heads) {
    Head head = heads.get(one.campaign().id());
    return new Shown(
        one.campaign(), head == null ? one.cursor() : Math.max(head.sequence(), one.cursor()));
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
