package io.sunchak.server.alarms;

import io.sunchak.alarm.Alarm;
import io.sunchak.core.CampaignId;
import io.sunchak.server.observe.Observation.Kind;
import io.sunchak.server.observe.Observation.Line;
import io.sunchak.server.observe.Observation.Raised;
import io.sunchak.server.observe.Observer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The alarms that are active now, each with its start. Here are the condition of each alarm and the
 * text of its message. Each alarm is sent once when it begins, except failures, which the drain
 * reports one by one with user and reason. To add an alarm: a {@link Kind}, a condition in {@link
 * #conditions} and a sentence in {@link #tell}. Not thread-safe.
 */
public final class StandingAlarms {
  private static final double LAG_SECONDS = 10;

  private final Alarm alarm;
  private final ToLongFunction<CampaignId> drift;
  private final Map<Key, Instant> since = new HashMap<>();

  private record Key(Kind kind, @Nullable CampaignId campaign) {}

  /** A condition that holds now. */
  public record Now(Kind kind, @Nullable CampaignId campaign, double value) {}

  /**
   * No alarm is active yet.
   *
   * @param alarm sends the messages
   * @param drift differences between Redis and the ledger, at a campaign's newest comparison
   */
  public StandingAlarms(Alarm alarm, ToLongFunction<CampaignId> drift) {
    this.alarm = alarm;
    this.drift = drift;
  }

  /** The alarms that are active by what was seen at {@code at}. Sends the new ones. */
  public List<Raised> update(Observer.Seen seen, Instant at) {
    return update(conditions(seen), at);
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

  private List<Now> conditions(Observer.Seen seen) {
    List<Now> now = new ArrayList<>();
    int away = (seen.redisUp() ? 0 : 1) + (seen.postgresUp() ? 0 : 1);
    if (away > 0) {
      now.add(new Now(Kind.ENGINE_DOWN, null, away));
    }
    long shown = 0;
    for (Line line : seen.lines()) {
      shown += line.summary().open();
      add(now, Kind.FAILURES, line, (double) line.summary().open(), 1);
      add(now, Kind.DRIFT, line, (double) drift.applyAsLong(line.campaign().id()), 1);
      add(now, Kind.LAG, line, line.lagSeconds(), LAG_SECONDS);
    }
    long failures = seen.failures().count();
    if (failures > shown) {
      now.add(new Now(Kind.FAILURES, null, (double) (failures - shown)));
    }
    return now;
  }

  private static void add(List<Now> now, Kind kind, Line line, double value, double from) {
    if (value >= from) {
      now.add(new Now(kind, line.campaign().id(), value));
    }
  }

  private void tell(Now one) {
    String campaign = "campaign " + one.campaign();
    switch (one.kind()) {
      case FAILURES -> {
        // The drain has reported each of them.
      }
      case DRIFT ->
          alarm.raise(
              "Sunchak: Redis and the ledger differ, %s, %.0f differences"
                  .formatted(campaign, one.value()));
      case LAG ->
          alarm.raise(
              "Sunchak: the ledger lags %.0f s behind, %s".formatted(one.value(), campaign));
      case ENGINE_DOWN ->
          alarm.raise("Sunchak: %.0f of its engines cannot be reached".formatted(one.value()));
    }
  }
}
