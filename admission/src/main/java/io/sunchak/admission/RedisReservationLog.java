package io.sunchak.admission;

import io.lettuce.core.ScriptOutputType;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.Witness;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.ReservationLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log in Redis, read and trimmed by {@code drain_read.lua}. */
public final class RedisReservationLog implements ReservationLog {
  private final RedisLink link;

  public RedisReservationLog(RedisLink link) {
    this.link = link;
  }

  @Override
  public Page read(
      CampaignId campaign,
      String ledgerId,
      long epoch,
      long cursor,
      @Nullable Witness last,
      int max) {
    List<Object> reply =
        link.await(
            RedisScript.DRAIN_READ.call(
                link.commands(),
                ScriptOutputType.MULTI,
                CampaignKeys.of(campaign).all(),
                ledgerId,
                Long.toString(epoch),
                Long.toString(cursor),
                last == null ? "" : last.user(),
                Integer.toString(max)));
    String word = (String) reply.getFirst();
    return word.equals("OK") ? entries(reply, epoch) : new Disagrees(Disagreement.valueOf(word));
  }

  private static Entries entries(List<Object> reply, long epoch) {
    List<Reservation> read = new ArrayList<>(reply.size() / 3);
    for (int i = 2; i < reply.size(); i += 3) {
      read.add(
          new Reservation(
              epoch,
              Long.parseLong((String) reply.get(i)),
              (String) reply.get(i + 1),
              Instant.ofEpochMilli(Long.parseLong((String) reply.get(i + 2)))));
    }
    return new Entries(read, (Long) reply.get(1));
  }
}
