package io.sunchak.admission.issue;

import io.sunchak.admission.link.Link;
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

/** The issuer, as its lanes see it. Thread-safe. */
interface LaneHost {
  Bounds bounds();

  /** As {@link System#nanoTime}. */
  long nanoTime();

  boolean connected();

  Link.@Nullable Established established();

  CompletionStage<String> reserve(
      Link.Established on, Lease lease, @Nullable Holding witness, List<Pending> users);

  void check(CampaignId campaign, @Nullable Disagreement why);

  /** Has {@code lane} swept until no request waits in it. */
  void waits(Lane lane);

  AdmissionListener listener();

  /** Receives the exceptions that a lane survives. */
  LoopListener surprises();

  /** This node's promises. */
  PromiseBook promises();

  /** The reason that a shut gate answers. */
  Reason shutReason();

  /**
   * How much may wait for one campaign.
   *
   * @param queue how many requests
   * @param patience how long a request may wait before it is sent
   * @param inFlight how many groups may be sent and not answered
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
