package io.sunchak.admission.issue;

import io.sunchak.admission.commit.Group;
import io.sunchak.admission.commit.GroupCaller;
import io.sunchak.admission.commit.Settlement;
import io.sunchak.admission.link.Link;
import io.sunchak.admission.script.ReserveReply;
import io.sunchak.admission.script.ScriptFailure;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.Reservation;
import io.sunchak.core.log.Disagreement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends a lane's groups to the reserve script and reads its replies. It keeps each accepted user as
 * a promise before the user is answered, and shuts the gate if a reply shows that Redis has lost
 * something. Its methods are called for one group after the other.
 */
final class LaneGroups implements GroupCaller<Pending, IssueOutcome, Grant, String> {
  private static final IssueOutcome REBUILDING = new Unavailable(Reason.REBUILDING);

  private final CampaignId campaign;
  private final Lane lane;
  private final LaneHost host;
  private final LocalRefusals refusals;

  LaneGroups(CampaignId campaign, Lane lane, LaneHost host, LocalRefusals refusals) {
    this.campaign = campaign;
    this.lane = lane;
    this.host = host;
    this.refusals = refusals;
  }

  /** False if the grant's connection was lost; the link is about to tell the lane. */
  @Override
  public boolean mayBeSent(Grant grant) {
    Link.Established now = host.established();
    return now != null && now.number() == grant.on().number();
  }

  @Override
  public CompletionStage<String> send(Group<Pending, Grant, String> group) {
    Grant grant = group.grant();
    return host.reserve(grant.on(), grant.lease(), grant.witness().highest(), group.requests());
  }

  @Override
  public Settlement<IssueOutcome> settle(Group<Pending, Grant, String> group, String text) {
    int size = group.requests().size();
    return switch (ReserveReply.parse(text, size)) {
      case ReserveReply.Refused refused when refused.why() == Disagreement.ARCHIVED -> {
        lane.archived();
        IssueOutcome archived = new IssueOutcome.Archived();
        yield new Settlement<>(
            Collections.nCopies(size, archived), () -> lane.check(refused.why()));
      }
      case ReserveReply.Refused refused -> {
        shutIfCurrent(group.grant());
        yield new Settlement<>(
            Collections.nCopies(size, REBUILDING), () -> lane.check(refused.why()));
      }
      case ReserveReply.Decided decided -> decided(group, decided);
    };
  }

  private Settlement<IssueOutcome> decided(
      Group<Pending, Grant, String> group, ReserveReply.Decided decided) {
    Grant grant = group.grant();
    List<Reservation> promised = promised(group, decided);
    if (!grant.follows(decided.before(), decided.given())
        || !host.promises().keep(campaign, grant.lease().epoch(), promised)) {
      return untold(grant, decided);
    }
    grant.witness().raise(highest(promised));
    refusals.note(grant.lease().epoch(), decided, group.takenAt());
    return new Settlement<>(
        decided.outcomes(),
        () -> {
          tell(decided.accepted());
          compareConfig(grant, decided);
        });
  }

  /**
   * A newer config than this node knows is another node's change, or one that a restored ledger has
   * lost: a check finds out. So it does where Redis accepts nobody because the eligibilities
   * differ.
   */
  private void compareConfig(Grant grant, ReserveReply.Decided decided) {
    boolean differs =
        grant.lease().eligibility() != null && decided.outcomes().contains(REBUILDING);
    if (decided.version() > grant.lease().version() || differs) {
      lane.check(null);
    }
  }

  /** The users who will be told their number, whether it was given now or earlier. */
  private static List<Reservation> promised(
      Group<Pending, Grant, String> group, ReserveReply.Decided decided) {
    long epoch = group.grant().lease().epoch();
    List<Reservation> promised = new ArrayList<>();
    for (int i = 0; i < group.requests().size(); i++) {
      if (decided.outcomes().get(i) instanceof IssueOutcome.Held held) {
        Instant at =
            held instanceof IssueOutcome.Accepted now
                ? now.acceptedAt()
                : Instant.ofEpochMilli(decided.now());
        promised.add(new Reservation(epoch, held.sequence(), group.requests().get(i).user, at));
      }
    }
    return promised;
  }

  private static @Nullable Holding highest(List<Reservation> promised) {
    Reservation highest = null;
    for (Reservation one : promised) {
      if (highest == null || one.sequence() > highest.sequence()) {
        highest = one;
      }
    }
    return highest == null ? null : new Holding(highest.user(), highest.sequence());
  }

  /**
   * Tells nobody of this group that a number is theirs. Either Redis has lost numbers that it had
   * given, and may lose these too; or this node has handed its promises over to a resync, which
   * does not know these.
   */
  private Settlement<IssueOutcome> untold(Grant grant, ReserveReply.Decided decided) {
    shutIfCurrent(grant);
    List<IssueOutcome> outcomes = new ArrayList<>(decided.outcomes());
    outcomes.replaceAll(
        outcome -> outcome instanceof IssueOutcome.Held ? new IssueOutcome.Unknown() : outcome);
    return new Settlement<>(outcomes, () -> lane.check(null));
  }

  /** A reply of an epoch that was replaced while the call was in flight shuts nothing. */
  private void shutIfCurrent(Grant grant) {
    if (lane.isCurrent(grant)) {
      lane.shut();
    }
  }

  /** A reply that cannot be read, or that is not about this group, counts as no reply. */
  @Override
  public IssueOutcome fail(Group<Pending, Grant, String> group, Throwable error) {
    ScriptFailure failure = ScriptFailure.of(error);
    if (failure.shutsGate()) {
      lane.shut();
      lane.check(null);
    }
    return failure.outcome();
  }

  private void tell(int accepted) {
    if (accepted > 0) {
      host.surprises().guard("admission-listener", () -> host.listener().onAccepted(campaign));
    }
  }
}
