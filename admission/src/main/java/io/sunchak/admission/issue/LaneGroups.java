package io.sunchak.admission.issue;

import io.sunchak.admission.commit.Group;
import io.sunchak.admission.commit.GroupCaller;
import io.sunchak.admission.commit.Settlement;
import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.script.ReserveReply;
import io.sunchak.admission.script.ScriptFailure;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.Reservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a lane's groups mean: sends them to the reserve script, keeps every yes before it is told,
 * and shuts the gate when Redis is not what it was verified to be. Its methods are called for one
 * group after the other.
 */
final class LaneGroups implements GroupCaller<Pending, IssueOutcome, Grant, String> {
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

  /** Not on a connection that was lost: its loss is on its way to the lane. */
  @Override
  public boolean mayBeSent(Grant grant) {
    RedisLink.Established now = host.established();
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
      case ReserveReply.Refused refused -> {
        shutIfCurrent(group.grant());
        IssueOutcome rebuilding = new Unavailable(Reason.REBUILDING);
        yield new Settlement<>(
            Collections.nCopies(size, rebuilding), () -> lane.check(refused.why()));
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
    return new Settlement<>(decided.outcomes(), () -> tell(decided.accepted()));
  }

  /** Everybody who is about to hear that a number is theirs, now given or given before. */
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
   * Either Redis has lost what it said before, and this yes is not worth more; or a resync has
   * begun since, and has heard what this node had promised: a yes of before is not among it. So
   * none may be told.
   */
  private Settlement<IssueOutcome> untold(Grant grant, ReserveReply.Decided decided) {
    shutIfCurrent(grant);
    List<IssueOutcome> outcomes = new ArrayList<>(decided.outcomes());
    outcomes.replaceAll(
        outcome -> outcome instanceof IssueOutcome.Held ? new IssueOutcome.Unknown() : outcome);
    return new Settlement<>(outcomes, () -> lane.check(null));
  }

  /** An epoch that was replaced while the call was in flight says nothing about the gate now. */
  private void shutIfCurrent(Grant grant) {
    if (lane.isCurrent(grant)) {
      lane.shut();
    }
  }

  /** What cannot be read, or is not about this group, is as good as no answer. */
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
