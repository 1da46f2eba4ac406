package io.sunchak.core.testing;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.log.CampaignKeyspace.Archived;
import io.sunchak.core.log.CampaignKeyspace.Configured;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import io.sunchak.core.log.LogHeads;
import io.sunchak.core.log.ReservationLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One campaign's three keys and the Lua scripts over them, line by line as they stand in {@code
 * admission/src/main/resources/lua}, but for the second in which a wider config rests: that is for
 * nodes that repeat refusals, and those over this ask each time. Not thread-safe: a script runs
 * alone.
 */
final class KeysOfCampaign {
  @Nullable Meta meta;
  final Map<String, Long> issued = new LinkedHashMap<>();
  final List<Reservation> log = new ArrayList<>();

  /** A stream's last id outlives its entries; an id must be greater. */
  private long lastEpoch;

  private long lastSequence;

  /** The meta hash. */
  static final class Meta {
    String ledgerId;
    long epoch;
    @Nullable Long fence;
    long sequence;
    boolean archived;

    /** The ledger's config; null before the first one was given. */
    @Nullable Campaign config;

    Meta(String ledgerId, long epoch) {
      this.ledgerId = ledgerId;
      this.epoch = epoch;
    }

    long version() {
      return config == null ? 0 : config.version();
    }
  }

  KeysOfCampaign copy() {
    KeysOfCampaign copy = new KeysOfCampaign();
    if (meta != null) {
      Meta same = new Meta(meta.ledgerId, meta.epoch);
      same.fence = meta.fence;
      same.sequence = meta.sequence;
      same.archived = meta.archived;
      same.config = meta.config;
      copy.meta = same;
    }
    copy.issued.putAll(issued);
    copy.log.addAll(log);
    copy.lastEpoch = lastEpoch;
    copy.lastSequence = lastSequence;
    return copy;
  }

  /** {@code reserve.lua}. */
  ReserveReply reserve(Lease lease, long maxBacklog, List<String> users, Instant now) {
    Optional<Disagreement> disagrees = disagreement(lease.ledgerId(), lease.epoch());
    if (disagrees.isPresent()) {
      return new ReserveReply.Refused(disagrees.get());
    }
    Meta current = Objects.requireNonNull(meta);
    Campaign config = Objects.requireNonNull(current.config);
    if (issued.size() != current.sequence || !knows(lease.witness())) {
      return new ReserveReply.Refused(Disagreement.ROLLED_BACK);
    }
    List<IssueOutcome> outcomes = new ArrayList<>();
    for (String user : users) {
      outcomes.add(decide(current, config, maxBacklog, user, now));
    }
    return new ReserveReply.Decided(outcomes);
  }

  private IssueOutcome decide(
      Meta current, Campaign config, long maxBacklog, String user, Instant now) {
    Long known = issued.get(user);
    if (known != null) {
      return new IssueOutcome.AlreadyIssued(known);
    }
    if (config.state() != CampaignState.ACTIVE) {
      return config.state() == CampaignState.PAUSED
          ? new IssueOutcome.Paused()
          : new IssueOutcome.Closed();
    }
    if (current.sequence == 0 && now.isBefore(config.window().opensAt())) {
      return new IssueOutcome.NotOpen(config.window().opensAt());
    }
    if (!now.isBefore(config.window().closesAt())) {
      return new IssueOutcome.Closed();
    }
    long next = current.sequence + 1;
    if (!config.stock().covers(next)) {
      return new IssueOutcome.SoldOut();
    }
    if (log.size() >= maxBacklog) {
      return new IssueOutcome.Unavailable(IssueOutcome.Unavailable.Reason.BACKLOG_FULL);
    }
    append(new Reservation(current.epoch, next, user, now));
    issued.put(user, next);
    current.sequence = next;
    return new IssueOutcome.Accepted(next, now);
  }

  private void append(Reservation entry) {
    boolean greater =
        entry.epoch() > lastEpoch
            || (entry.epoch() == lastEpoch && entry.sequence() > lastSequence);
    if (!greater) {
      throw new LogException("XADD: the id is not above the stream's last", null);
    }
    lastEpoch = entry.epoch();
    lastSequence = entry.sequence();
    log.add(entry);
  }

  /** {@code drain_read.lua}. */
  ReservationLog.Page read(
      String ledgerId, long epoch, long cursor, @Nullable Holding last, int max) {
    Optional<Disagreement> disagrees = disagreement(ledgerId, epoch);
    if (disagrees.isPresent()) {
      return new ReservationLog.Disagrees(disagrees.get());
    }
    long sequence = Objects.requireNonNull(meta).sequence;
    if (issued.size() != sequence || sequence < cursor || !knows(last)) {
      return new ReservationLog.Disagrees(Disagreement.ROLLED_BACK);
    }
    List<Reservation> rest =
        log.stream().filter(entry -> isAtOrAfter(entry, epoch, cursor + 1)).toList();
    boolean hole = rest.isEmpty() ? sequence > cursor : rest.getFirst().sequence() != cursor + 1;
    if (hole) {
      return new ReservationLog.Disagrees(Disagreement.HOLE);
    }
    log.removeIf(entry -> !isAtOrAfter(entry, epoch, cursor + 1));
    return new ReservationLog.Entries(
        List.copyOf(rest.subList(0, Math.min(max, rest.size()))), log.size());
  }

  /** What {@code HMGET} and {@code HLEN} say. */
  Optional<LogHeads.Head> head() {
    Meta now = meta;
    return now == null || now.config == null
        ? Optional.empty()
        : Optional.of(
            new LogHeads.Head(
                now.epoch,
                now.sequence,
                now.sequence - log.size(),
                now.version(),
                issued.size(),
                now.fence != null));
  }

  private static boolean isAtOrAfter(Reservation entry, long epoch, long sequence) {
    return entry.epoch() > epoch || (entry.epoch() == epoch && entry.sequence() >= sequence);
  }

  private Optional<Disagreement> disagreement(String ledgerId, long epoch) {
    if (meta != null && meta.archived) {
      return Optional.of(Disagreement.ARCHIVED);
    }
    if (meta == null || (meta.config == null && meta.fence == null)) {
      return Optional.of(Disagreement.UNINITIALIZED);
    }
    if (!meta.ledgerId.equals(ledgerId) || meta.epoch != epoch) {
      return Optional.of(Disagreement.EPOCH);
    }
    return meta.fence == null ? Optional.empty() : Optional.of(Disagreement.REBUILDING);
  }

  Optional<Instant> acceptedAt(long sequence) {
    return log.stream()
        .filter(entry -> entry.sequence() == sequence)
        .map(Reservation::acceptedAt)
        .findFirst();
  }

  private boolean knows(@Nullable Holding witness) {
    return witness == null || Objects.equals(issued.get(witness.user()), witness.sequence());
  }

  /** {@code fence.lua}. */
  boolean fence(String ledgerId, long epoch) {
    if (meta != null && (meta.archived || meta.epoch > epoch)) {
      return false;
    }
    Meta fenced = meta == null ? new Meta(ledgerId, epoch) : meta;
    fenced.ledgerId = ledgerId;
    fenced.epoch = epoch;
    fenced.fence = epoch;
    meta = fenced;
    return true;
  }

  boolean isFenced(long epoch) {
    return meta != null && meta.epoch == epoch && Objects.equals(meta.fence, epoch);
  }

  /** {@code clear.lua}. */
  boolean clear(long epoch) {
    if (!isFenced(epoch)) {
      return false;
    }
    deleteIssued();
    deleteLog();
    return true;
  }

  void deleteIssued() {
    issued.clear();
  }

  void deleteLog() {
    log.clear();
    lastEpoch = 0;
    lastSequence = 0;
  }

  /** {@code load.lua}. */
  boolean load(long epoch, List<Holding> holders) {
    if (!isFenced(epoch)) {
      return false;
    }
    holders.forEach(holder -> issued.put(holder.user(), holder.sequence()));
    return true;
  }

  /** {@code open.lua}. */
  boolean open(long epoch, long last, Campaign config) {
    Meta fenced = meta;
    if (fenced == null || !isFenced(epoch) || issued.size() != last) {
      return false;
    }
    fenced.sequence = last;
    fenced.config = config;
    fenced.fence = null;
    return true;
  }

  /** {@code archive.lua}, called by who knows what the ledger has. */
  Archived archive(String ledgerId, long epoch, long version, long settled, Instant now) {
    Meta current = meta;
    if (current == null || !current.archived) {
      Archived refusal = refusal(ledgerId, epoch, version, settled, now);
      if (refusal != Archived.ARCHIVED) {
        return refusal;
      }
    }
    markArchived(ledgerId, epoch);
    return Archived.ARCHIVED;
  }

  private Archived refusal(String ledgerId, long epoch, long version, long settled, Instant now) {
    Optional<Disagreement> disagrees = disagreement(ledgerId, epoch);
    if (disagrees.isPresent()) {
      return Archived.valueOf(disagrees.get().name());
    }
    Meta current = Objects.requireNonNull(meta);
    Campaign config = Objects.requireNonNull(current.config);
    if (config.version() != version) {
      return Archived.NEWER;
    }
    if (config.state() != CampaignState.CLOSED && now.isBefore(config.window().closesAt())) {
      return Archived.NOT_CLOSED;
    }
    if (issued.size() != current.sequence || current.sequence < settled) {
      return Archived.ROLLED_BACK;
    }
    return current.sequence > settled ? Archived.UNDRAINED : Archived.ARCHIVED;
  }

  /** {@code archive.lua}, called by who knows that the ledger has archived the campaign. */
  void markArchived(String ledgerId, long epoch) {
    Meta archived = meta == null ? new Meta(ledgerId, epoch) : meta;
    archived.archived = true;
    meta = archived;
    deleteIssued();
    deleteLog();
  }

  /** {@code configure.lua}. */
  Configured configure(String ledgerId, long epoch, Campaign config, Instant now) {
    Optional<Disagreement> disagrees = disagreement(ledgerId, epoch);
    if (disagrees.isPresent()) {
      return new Configured.Disagrees(disagrees.get());
    }
    Meta current = Objects.requireNonNull(meta);
    if (config.version() < current.version()) {
      return new Configured.Newer(current.version());
    }
    Campaign held = possible(config, current, now);
    current.config = held;
    return new Configured.Applied(held.stock(), held.window().opensAt());
  }

  private static Campaign possible(Campaign config, Meta current, Instant now) {
    Campaign before = current.config;
    Campaign held =
        config.stock().covers(current.sequence)
            ? config
            : config.withStock(Stock.of(current.sequence));
    boolean opened = current.sequence > 0 && config.window().opensAt().isAfter(now);
    return opened && before != null && !before.window().opensAt().isAfter(now)
        ? held.withWindow(new IssueWindow(before.window().opensAt(), config.window().closesAt()))
        : held;
  }
}
