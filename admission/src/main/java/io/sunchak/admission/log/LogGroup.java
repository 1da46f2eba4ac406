package io.sunchak.admission.log;

import io.lettuce.core.StreamMessage;
import io.sunchak.core.Reservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of the log: the users whom one call of {@code reserve.lua} accepted, in the order of
 * their numbers, which end with {@code last}.
 *
 * @param users parted by spaces, which no user id holds
 * @param millis when all of them were accepted, by Redis' clock
 */
record LogGroup(long epoch, long last, String users, long millis) {
  static LogGroup of(StreamMessage<String, String> entry) {
    String[] id = entry.getId().split("-", 2);
    return new LogGroup(
        Long.parseLong(id[0]),
        Long.parseLong(id[1]),
        entry.getBody().getOrDefault("u", ""),
        RedisCampaignKeyspace.number(entry.getBody().getOrDefault("t", "")).orElse(0));
  }

  /** One reservation for each user. */
  List<Reservation> reservations() {
    String[] each = users.split(" ", -1);
    Instant acceptedAt = Instant.ofEpochMilli(millis);
    long before = last - each.length;
    List<Reservation> reservations = new ArrayList<>(each.length);
    for (int i = 0; i < each.length; i++) {
      reservations.add(new Reservation(epoch, before + i + 1, each[i], acceptedAt));
    }
    return reservations;
  }
}
