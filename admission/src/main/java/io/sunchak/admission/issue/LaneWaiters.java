package io.sunchak.admission.issue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The requests for campaigns that this node does not know. They wait here until the ledger has been
 * asked, for a bounded time. Anybody can name campaigns that do not exist, so all is bounded: the
 * names, the requests, and the names that the ledger is known not to have. Thread-safe.
 */
final class LaneWaiters {
  private static final int NAMES = 1_024;
  private static final int REQUESTS_A_NAME = 1_024;
  private static final int REMEMBERED = 10_000;

  /** How long the ledger's answer is repeated: as long as any other refusal. */
  static final Duration ABSENT = Duration.ofSeconds(1);

  private final Consumer<CampaignId> ask;
  private final Map<CampaignId, List<Pending>> waiting = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final Cache<CampaignId, Boolean> absent;

  /**
   * Without any request.
   *
   * @param ask asks the ledger for a campaign; called once for all requests that wait for it
   * @param nanoTime as {@link System#nanoTime}
   */
  LaneWaiters(Consumer<CampaignId> ask, LongSupplier nanoTime) {
    this.ask = ask;
    this.nanoTime = nanoTime;
    this.absent =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(ABSENT)
            .ticker(nanoTime::getAsLong)
            .build();
  }

  /** Takes a request, and answers it at once if the ledger's answer is known or too many wait. */
  Pending offer(IssueRequest asked) {
    CampaignId campaign = asked.campaign();
    Pending request = new Pending(asked, nanoTime.getAsLong());
    if (absent.getIfPresent(campaign) != null) {
      request.complete(new CampaignNotFound());
    } else if (waiting.size() >= NAMES && !waiting.containsKey(campaign)) {
      request.complete(new Unavailable(Reason.OVERLOADED));
    } else if (enqueue(campaign, request)) {
      ask.accept(campaign);
    }
    return request;
  }

  /** Adds a request; true if it is the first one that waits for the campaign. */
  private boolean enqueue(CampaignId campaign, Pending request) {
    boolean[] first = new boolean[1];
    waiting.compute(
        campaign,
        (id, before) -> {
          first[0] = before == null;
          List<Pending> queue = before == null ? new ArrayList<>() : before;
          if (queue.size() < REQUESTS_A_NAME) {
            queue.add(request);
          } else {
            request.complete(new Unavailable(Reason.OVERLOADED));
          }
          return queue;
        });
    return first[0];
  }

  /** Answers that the ledger has no such campaign, now and for a second. */
  void markAbsent(CampaignId campaign) {
    absent.put(campaign, true);
    answer(campaign, new CampaignNotFound());
  }

  /** Removes the requests for a campaign that has a lane from now on. */
  List<Pending> takeOut(CampaignId campaign) {
    absent.invalidate(campaign);
    List<Pending> queue = waiting.remove(campaign);
    return queue == null ? List.of() : queue;
  }

  private void answer(CampaignId campaign, IssueOutcome outcome) {
    List<Pending> queue = waiting.remove(campaign);
    if (queue != null) {
      queue.forEach(request -> request.complete(outcome));
    }
  }

  /**
   * Answers the requests that have waited too long. Asks again for a campaign if other requests
   * still wait for it.
   */
  void sweep(long now, long patience, IssueOutcome outcome) {
    for (CampaignId campaign : waiting.keySet()) {
      List<Pending> late = new ArrayList<>();
      List<Pending> left =
          waiting.computeIfPresent(
              campaign,
              (id, queue) -> {
                queue.removeIf(request -> isLate(request, now, patience) && late.add(request));
                return queue.isEmpty() ? null : queue;
              });
      late.forEach(request -> request.complete(outcome));
      if (left != null && !late.isEmpty()) {
        ask.accept(campaign);
      }
    }
  }

  private static boolean isLate(Pending request, long now, long patience) {
    return now - request.since > patience;
  }

  /** How many names wait. */
  int names() {
    return waiting.size();
  }
}
