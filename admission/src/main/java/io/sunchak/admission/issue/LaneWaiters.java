package io.sunchak.admission.issue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Requests for campaigns of which this node has never heard: they wait here until the ledger has
 * said whether there is one, and no longer than their patience. Anybody can name campaigns that do
 * not exist, so that all of it is bounded: names, requests, and what is remembered of the ledger's
 * no. Thread-safe.
 */
final class LaneWaiters {
  private static final int NAMES = 1_024;
  private static final int REQUESTS_A_NAME = 1_024;
  private static final int REMEMBERED = 10_000;

  /** As long as any refusal may be repeated. */
  static final Duration ABSENT = Duration.ofSeconds(1);

  private final Consumer<CampaignId> ask;
  private final Map<CampaignId, List<Pending>> waiting = new ConcurrentHashMap<>();
  private final Cache<CampaignId, Boolean> absent =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(ABSENT).build();

  /**
   * An empty one.
   *
   * @param ask whom to ask for a campaign: told once for all who wait for it
   */
  LaneWaiters(Consumer<CampaignId> ask) {
    this.ask = ask;
  }

  /** Takes a request: answered at once where that may be. */
  Pending offer(CampaignId campaign, String user) {
    Pending request = new Pending(user, System.nanoTime());
    if (absent.getIfPresent(campaign) != null) {
      request.complete(new CampaignNotFound());
    } else if (waiting.size() >= NAMES && !waiting.containsKey(campaign)) {
      request.complete(new Unavailable(Reason.OVERLOADED));
    } else if (enqueue(campaign, request)) {
      ask.accept(campaign);
    }
    return request;
  }

  /** Whether nobody waited for the campaign before. */
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

  /** The ledger has no such campaign: who waits is told, and who asks within a second. */
  void markAbsent(CampaignId campaign) {
    absent.put(campaign, true);
    answer(campaign, new CampaignNotFound());
  }

  /** There is such a campaign, and it has a lane from now on: takes out who waits for it. */
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

  /** Ends what has waited for too long, and asks again for what has waited for long. */
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
