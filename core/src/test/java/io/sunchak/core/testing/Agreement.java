package io.sunchak.core.testing;

import io.sunchak.core.CampaignId;
import io.sunchak.core.log.CampaignKeyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** I10: what Redis says of a drained campaign beside what the ledger says. */
public final class Agreement {
  private Agreement() {}

  /** On what they disagree; empty when on nothing. */
  public static List<String> disagreements(CampaignKeyspace keyspace, IssueStage.Stored stored) {
    CampaignId campaign = stored.campaign().id();
    Map<String, Long> redis = new TreeMap<>();
    keyspace.forEachIssued(campaign, page -> page.forEach(w -> redis.put(w.user(), w.sequence())));
    Map<String, Long> ledger = new TreeMap<>();
    stored.rows().forEach(row -> ledger.put(row.user(), row.sequence()));
    stored.failures().forEach(failure -> ledger.put(failure.user(), failure.sequence()));
    List<String> found = new ArrayList<>();
    TreeSet<String> users = new TreeSet<>(redis.keySet());
    users.addAll(ledger.keySet());
    for (String user : users) {
      compare(found, user, redis.get(user), ledger.get(user));
    }
    keyspace
        .facts(campaign)
        .ifPresentOrElse(
            facts -> {
              compare(found, "sequence", facts.sequence(), (long) ledger.size());
              compare(found, "backlog", facts.backlog(), 0L);
              compare(found, "version", facts.version(), stored.campaign().version());
            },
            () -> found.add("Redis has no meta hash"));
    return found;
  }

  private static void compare(
      List<String> found, String what, @Nullable Long redis, @Nullable Long ledger) {
    if (!Objects.equals(redis, ledger)) {
      found.add("%s: Redis says %s, the ledger %s".formatted(what, redis, ledger));
    }
  }
}
