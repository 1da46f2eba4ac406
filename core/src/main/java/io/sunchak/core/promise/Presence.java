package io.sunchak.core.promise;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.PromiseLedger.Rebuilding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * This node's presence in the ledger: reports that it is alive, which Redis it uses and its highest
 * promises, hands its promises over to resyncs, and answers those that found it silent. For one
 * thread; {@link #run} throws what the ledger throws and can then be retried.
 */
public final class Presence {
  private static final Duration REPORT = Duration.ofSeconds(1);
  private static final Duration TIDY = Duration.ofSeconds(30);

  private final String node;
  private final AdmissionGate gate;
  private final PromiseBook book;
  private final Promises promises;
  private final PromiseLedger ledger;
  private final InstantSource clock;
  private final Set<Rebuilding> answered = new HashSet<>();
  private @Nullable String reportedRedis;
  private Instant reportedAt = Instant.EPOCH;
  private Instant tidiedAt = Instant.EPOCH;

  public Presence(
      String node,
      AdmissionGate gate,
      PromiseBook book,
      Promises promises,
      PromiseLedger ledger,
      InstantSource clock) {
    this.node = node;
    this.gate = gate;
    this.book = book;
    this.promises = promises;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Reports, hands over and answers once. To be repeated a few times a second. */
  public void run() {
    boolean reported = report();
    Set<Rebuilding> asked = new HashSet<>(ledger.rebuilding(book.campaigns()));
    answered.retainAll(asked);
    asked.removeAll(answered);
    if (!asked.isEmpty()) {
      answered.addAll(promises.handOver(List.copyOf(asked)));
    }
    if (reported) {
      answerSilence();
      tidy();
    }
  }

  /**
   * A node that stood still comes back after resyncs that did not wait for it. {@link PromiseWatch}
   * compares what it promised before with the ledger; once nothing of it is left, the node is no
   * longer silent.
   */
  private void answerSilence() {
    List<Rebuilding> clear =
        ledger.unanswered(node).stream()
            .filter(resync -> book.isClearBefore(resync.campaign(), resync.epoch()))
            .toList();
    if (!clear.isEmpty()) {
      ledger.answer(clear, node);
    }
  }

  /**
   * A report costs the ledger a write, so a node without news reports once a second only. Redis is
   * not asked: a resync of another node does not wait until a silent connection is given up.
   */
  private boolean report() {
    String redis = gate.knownRedis();
    Instant now = clock.instant();
    boolean due = isAgo(REPORT, reportedAt, now);
    boolean news = due || !redis.equals(reportedRedis);
    if (news) {
      ledger.report(node, redis, book.highest());
      reportedRedis = redis;
      reportedAt = now;
    }
    return news;
  }

  private void tidy() {
    Instant now = clock.instant();
    if (isAgo(TIDY, tidiedAt, now)) {
      ledger.tidy();
      tidiedAt = now;
    }
  }

  /** So long ago, or as far ahead, since the clock may have been set. */
  private static boolean isAgo(Duration span, Instant at, Instant now) {
    return Duration.between(at, now).abs().compareTo(span) >= 0;
  }

  /** Called when the node ends: leaves the promises that the ledger lacks to the next resync. */
  public void leave() {
    Map<CampaignId, List<Reservation>> left = new HashMap<>();
    book.campaigns().forEach(campaign -> left.put(campaign, book.all(campaign)));
    ledger.leave(node, left);
  }
}
