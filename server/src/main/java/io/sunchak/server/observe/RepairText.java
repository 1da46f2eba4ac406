package io.sunchak.server.observe;

import io.sunchak.alarm.ChatText;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.Drift.Kind;
import io.sunchak.core.ledger.RepairSummary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Collectors;

/** Describes the findings of a resync in one line of bounded length. */
final class RepairText {
  private static final int SHOWN = 5;

  private RepairText() {}

  /** For the log: the figures and the first few entries. */
  static String line(CampaignId campaign, long epoch, List<Drift> drift) {
    RepairSummary summary = RepairSummary.of(drift);
    List<String> parts = sentence(summary);
    parts.add(new EnumMap<>(summary.counts()).toString());
    parts.add(first(drift));
    return "%s repaired in epoch %d: %s".formatted(campaign, epoch, String.join("; ", parts));
  }

  /** For the alarm: only what needs an operator, of the campaign's own findings. */
  static String alarm(CampaignId campaign, long epoch, RepairSummary summary) {
    return "Sunchak repaired campaign %s (epoch %d) and a person must look: %s. The page Consistency and GET /api/v1/admin/campaigns/%1$s/repairs list them."
        .formatted(campaign, epoch, String.join("; ", sentence(summary)));
  }

  /** For the alarm: once for a node, however many campaigns are resynced without it. */
  static String alarm(String node) {
    return "Sunchak repairs campaigns and a person must look: %s did not hand over what it promised; some acknowledged may be missing, nobody knows how many. The page Consistency and GET /api/v1/admin/repairs list it."
        .formatted(ChatText.quote(node));
  }

  private static List<String> sentence(RepairSummary summary) {
    List<String> parts = new ArrayList<>();
    summary
        .missing()
        .ifPresent(missing ->
            parts.add(
                missing.upTo() > 0
                    ? "up to %d acknowledged after number %d may be missing"
                        .formatted(missing.upTo(), missing.after())
                    : "some acknowledged after number %d may be missing, nobody knows how many"
                        .formatted(missing.after())));
    if (!summary.nodes().isEmpty()) {
      parts.add(
          summary.nodes().stream().map(ChatText::quote).collect(Collectors.joining(", "))
              + " did not hand over what it promised");
    }
    add(parts, summary.count(Kind.MOVED), "moved to another number");
    add(parts, summary.count(Kind.UNSETTLED), "left without a number");
    return parts;
  }

  private static void add(List<String> parts, long users, String what) {
    if (users > 0) {
      parts.add((users == 1 ? "1 user was " : users + " users were ") + what);
    }
  }

  private static String first(List<Drift> drift) {
    String shown =
        drift.stream()
            .limit(SHOWN)
            .map(one ->
                "%s %s claimed %d settled %d"
                    .formatted(
                        one.kind(), ChatText.quote(one.user()), one.claimed(), one.settled()))
            .collect(Collectors.joining(", "));
    int more = drift.size() - SHOWN;
    return more > 0 ? shown + ", and " + more + " more" : shown;
  }
}
