package io.sunchak.admission.issue;

import io.sunchak.admission.link.RedisLink;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.promise.PromiseBook;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a lane needs of the issuer around it. */
interface LaneHost {
  Bounds bounds();

  boolean connected();

  RedisLink.@Nullable Established established();

  CompletionStage<String> reserve(
      RedisLink.Established on, Lease lease, @Nullable Holding witness, List<Pending> users);

  void check(CampaignId campaign, @Nullable Disagreement why);

  /** {@code lane} has requests that wait, and wants to be swept until it has none. */
  void waits(Lane lane);

  AdmissionListener listener();

  /** Told of what goes wrong in a lane itself. */
  LoopListener surprises();

  /** What this node has told users. */
  PromiseBook promises();

  /** Why a shut gate is shut. */
  Reason shutReason();

  /**
   * How much may wait for a campaign.
   *
   * @param queue requests
   * @param patience how long one may wait unsent
   * @param inFlight groups that are sent and not answered
   */
  record Bounds(int queue, Duration patience, int inFlight) {
    /**
     * Two groups in flight: Redis takes the second with one sync of its log as soon as the first is
     * synced, while the first one's answers are written. A third would only wait there.
     */
    Bounds(int queue, Duration patience) {
      this(queue, patience, 2);
    }

    long waitNanos() {
      return patience.toNanos();
    }
  }
}
