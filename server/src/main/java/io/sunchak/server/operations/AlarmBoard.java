package io.sunchak.server.operations;

import io.sunchak.core.CampaignId;
import io.sunchak.core.alarm.Alarm;
import io.sunchak.server.operations.Observation.Kind;
import io.sunchak.server.operations.Observation.Raised;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alarms that stand, each with the time since when. What rises is told to people once; failures
 * are told by the drain itself, with user and reason. Not thread-safe.
 */
final class AlarmBoard {
  private final Alarm alarm;
  private final Map<Key, Instant> since = new HashMap<>();

  private record Key(Kind kind, @Nullable CampaignId campaign) {}

  /** What is so now. */
  record Now(Kind kind, @Nullable CampaignId campaign, double value) {}

  AlarmBoard(Alarm alarm) {
    this.alarm = alarm;
  }

  List<Raised> update(List<Now> standing, Instant at) {
    Map<Key, Instant> before = new HashMap<>(since);
    since.clear();
    List<Raised> raised = new ArrayList<>();
    for (Now one : standing) {
      Key key = new Key(one.kind(), one.campaign());
      Instant began = before.getOrDefault(key, at);
      since.put(key, began);
      raised.add(new Raised(one.kind(), one.campaign(), began, one.value()));
      if (!before.containsKey(key)) {
        tell(one);
      }
    }
    return List.copyOf(raised);
  }

  private void tell(Now one) {
    String campaign = "campaign " + one.campaign();
    switch (one.kind()) {
      case FAILURES -> {
        // The drain has told each of them.
      }
      case DRIFT ->
          alarm.raise(
              "Sunchak: Redis and the ledger differ, %s, %.0f users"
                  .formatted(campaign, one.value()));
      case BACKLOG ->
          alarm.raise(
              "Sunchak: the ledger lags %.0f s behind, %s".formatted(one.value(), campaign));
      case ENGINE_DOWN ->
          alarm.raise("Sunchak: %.0f of its engines cannot be reached".formatted(one.value()));
    }
  }
}
