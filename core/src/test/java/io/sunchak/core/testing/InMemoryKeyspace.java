package io.sunchak.core.testing;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.LogException;
import io.sunchak.core.log.LogHeads;
import io.sunchak.core.log.ReservationLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Redis without a server: keys that only the scripts' Java twins touch, one script at a time. May
 * be away, wiped, rolled back, or lose single keys. Thread-safe.
 */
public final class InMemoryKeyspace implements CampaignKeyspace, ReservationLog, LogHeads {
  private final Reach reach = new Reach(Interference.Engine.REDIS, m -> new LogException(m, null));
  private final InstantSource clock;
  private final Map<CampaignId, KeysOfCampaign> keys = new HashMap<>();
  private volatile long connection = 1;

  /** A keyspace whose TIME is {@code clock}'s. */
  public InMemoryKeyspace(InstantSource clock) {
    this.clock = clock;
  }

  /** To take Redis away, or to interfere with its calls. */
  public Reach reach() {
    return reach;
  }

  /** The number of the connection that stands; empty while Redis is away. */
  public OptionalLong connection() {
    return reach.isAway() ? OptionalLong.empty() : OptionalLong.of(connection);
  }

  /** All connections break and stand again: what was in flight stays without an answer. */
  public synchronized void reconnect() {
    connection++;
  }

  /** Redis comes back empty. */
  public synchronized void wipe() {
    keys.clear();
    reconnect();
  }

  /** All keys, as a copy of the data directory holds them. */
  public synchronized Snapshot snapshot() {
    Map<CampaignId, KeysOfCampaign> copies = new HashMap<>();
    keys.forEach((id, of) -> copies.put(id, of.copy()));
    return new Snapshot(copies);
  }

  /** Redis comes back with an older copy. */
  public synchronized void restore(Snapshot older) {
    keys.clear();
    older.keys.forEach((id, of) -> keys.put(id, of.copy()));
    reconnect();
  }

  /** Someone deletes one key of a campaign; no connection notices. */
  public synchronized void delete(CampaignId campaign, Key key) {
    switch (key) {
      case META -> of(campaign).meta = null;
      case ISSUED -> of(campaign).deleteIssued();
      case LOG -> of(campaign).deleteLog();
    }
  }

  /** A campaign's keys. */
  public enum Key {
    META,
    ISSUED,
    LOG
  }

  /** A copy of everything at one moment. */
  public static final class Snapshot {
    private final Map<CampaignId, KeysOfCampaign> keys;

    private Snapshot(Map<CampaignId, KeysOfCampaign> keys) {
      this.keys = keys;
    }
  }

  /** Who holds what, also while Redis is away. */
  public synchronized Map<String, Long> issued(CampaignId campaign) {
    return Map.copyOf(of(campaign).issued);
  }

  /** The log's entries, also while Redis is away. */
  public synchronized List<Reservation> logged(CampaignId campaign) {
    return List.copyOf(of(campaign).log);
  }

  /** The reserve script, written at most once: on the connection {@code on} or not at all. */
  ReserveReply reserve(long on, Lease lease, long maxBacklog, List<String> users) {
    return script(
        "reserve",
        lease.campaign(),
        of -> {
          if (connection != on) {
            throw new LogException("the connection is gone", null);
          }
          Instant now = Instant.ofEpochMilli(clock.millis());
          return of.reserve(lease, maxBacklog, users, now);
        });
  }

  @Override
  public Page read(
      CampaignId campaign,
      String ledgerId,
      long epoch,
      long cursor,
      @Nullable Holding last,
      int max) {
    return script("read", campaign, of -> of.read(ledgerId, epoch, cursor, last, max));
  }

  @Override
  public Heads heads(Collection<CampaignId> campaigns) {
    return reach.call(
        "heads",
        () -> {
          Map<CampaignId, Head> found = new HashMap<>();
          synchronized (this) {
            campaigns.forEach(id -> of(id).head().ifPresent(head -> found.put(id, head)));
          }
          return new Heads(clock.instant(), found);
        });
  }

  @Override
  public OptionalLong epoch(CampaignId campaign) {
    return script(
        "epoch",
        campaign,
        of -> of.meta == null ? OptionalLong.empty() : OptionalLong.of(of.meta.epoch));
  }

  @Override
  public boolean fence(CampaignId campaign, String ledgerId, long epoch) {
    return script("fence", campaign, of -> of.fence(ledgerId, epoch));
  }

  @Override
  public boolean isFenced(CampaignId campaign, long epoch) {
    return script("isFenced", campaign, of -> of.isFenced(epoch));
  }

  @Override
  public void forEachIssued(CampaignId campaign, Consumer<List<Holding>> chunk) {
    chunk.accept(
        script(
            "forEachIssued",
            campaign,
            of ->
                of.issued.entrySet().stream()
                    .map(entry -> new Holding(entry.getKey(), entry.getValue()))
                    .toList()));
  }

  @Override
  public void forEachLogged(CampaignId campaign, Consumer<List<Reservation>> chunk) {
    List<Reservation> entries = script("forEachLogged", campaign, of -> List.copyOf(of.log));
    if (!entries.isEmpty()) {
      chunk.accept(entries);
    }
  }

  @Override
  public boolean clear(CampaignId campaign, long epoch) {
    return script("clear", campaign, of -> of.clear(epoch));
  }

  @Override
  public boolean load(CampaignId campaign, long epoch, List<Holding> holders) {
    return script("load", campaign, of -> of.load(epoch, holders));
  }

  @Override
  public boolean open(CampaignId campaign, long epoch, long last, Campaign config) {
    return script("open", campaign, of -> of.open(epoch, last, config));
  }

  @Override
  public Optional<Campaign> config(String ledgerId, Campaign known) {
    return script(
        "config",
        known.id(),
        of ->
            Optional.ofNullable(of.meta)
                .filter(meta -> meta.ledgerId.equals(ledgerId))
                .flatMap(meta -> Optional.ofNullable(meta.config)));
  }

  @Override
  public Configured configure(String ledgerId, long epoch, Campaign config) {
    return script(
        "configure",
        config.id(),
        of -> of.configure(ledgerId, epoch, config, Instant.ofEpochMilli(clock.millis())));
  }

  @Override
  public Archived archive(
      String ledgerId, long epoch, long version, long settled, CampaignId campaign) {
    return script(
        "archive",
        campaign,
        of -> of.archive(ledgerId, epoch, version, settled, Instant.ofEpochMilli(clock.millis())));
  }

  @Override
  public boolean isArchived(CampaignId campaign) {
    return script("isArchived", campaign, of -> of.meta != null && of.meta.archived);
  }

  @Override
  public void markArchived(CampaignId campaign) {
    script(
        "markArchived",
        campaign,
        of -> {
          of.markArchived("", 0);
          return true;
        });
  }

  @Override
  public Optional<Facts> facts(CampaignId campaign) {
    return script(
        "facts",
        campaign,
        of ->
            Optional.ofNullable(of.meta)
                .map(meta -> new Facts(meta.epoch, meta.sequence, of.log.size(), meta.version())));
  }

  @Override
  public Optional<Held> find(CampaignId campaign, String user) {
    return script(
        "find",
        campaign,
        of ->
            Optional.ofNullable(of.issued.get(user))
                .map(sequence ->
                    new Held(
                        of.meta == null ? 0 : of.meta.epoch, sequence, of.acceptedAt(sequence))));
  }

  private KeysOfCampaign of(CampaignId campaign) {
    return keys.computeIfAbsent(campaign, id -> new KeysOfCampaign());
  }

  private <T> T script(String name, CampaignId campaign, Function<KeysOfCampaign, T> script) {
    return reach.call(
        name,
        () -> {
          synchronized (this) {
            return script.apply(of(campaign));
          }
        });
  }
}
