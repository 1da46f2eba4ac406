package io.sunchak.admission.log;

import io.lettuce.core.ScriptOutputType;
import io.sunchak.admission.link.Link;
import io.sunchak.admission.link.Pipeline;
import io.sunchak.admission.script.CampaignKeys;
import io.sunchak.admission.script.KeyForm;
import io.sunchak.admission.script.RedisScript;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogHeads;
import io.sunchak.core.log.ReservationLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The log in Redis, read and trimmed by {@code drain_read.lua}; many logs' heads at once. */
public final class RedisReservationLog implements ReservationLog, LogHeads {
  private final Link link;

  public RedisReservationLog(Link link) {
    this.link = link;
  }

  @Override
  public Page read(
      CampaignId campaign,
      String ledgerId,
      long epoch,
      long cursor,
      @Nullable Holding last,
      int max) {
    List<Object> reply =
        link.await(
            RedisScript.DRAIN_READ.call(
                link.commands(),
                ScriptOutputType.MULTI,
                CampaignKeys.of(campaign).all(),
                KeyForm.mark(ledgerId),
                Long.toString(epoch),
                Long.toString(cursor),
                last == null ? "" : last.user(),
                Integer.toString(max)));
    String word = (String) reply.getFirst();
    return word.equals("OK")
        ? entries(reply, epoch, cursor, max)
        : new Disagrees(Disagreement.valueOf(word));
  }

  private record Asked(CompletionStage<List<String>> meta, CompletionStage<Long> holders) {}

  @Override
  public Heads heads(Collection<CampaignId> campaigns) {
    Pipeline pipeline = new Pipeline();
    CompletionStage<List<String>> time = pipeline.time();
    Map<CampaignId, Asked> asked = new LinkedHashMap<>();
    for (CampaignId campaign : campaigns) {
      CampaignKeys keys = CampaignKeys.of(campaign);
      asked.put(
          campaign,
          new Asked(
              pipeline.hmget(keys.meta(), "epoch", "seq", "drained", "version", "fence"),
              pipeline.hlen(keys.issued())));
    }
    pipeline.send(link);
    Map<CampaignId, Head> heads = new HashMap<>();
    asked.forEach((campaign, answers) ->
        head(link.await(answers.meta()), link.await(answers.holders()))
            .ifPresent(head -> heads.put(campaign, head)));
    return new Heads(Instant.ofEpochSecond(Long.parseLong(link.await(time).getFirst())), heads);
  }

  private static Optional<Head> head(List<String> meta, long holders) {
    List<OptionalLong> numbers = meta.stream().limit(4).map(RedisCampaignKeyspace::number).toList();
    return numbers.stream().anyMatch(OptionalLong::isEmpty)
        ? Optional.empty()
        : Optional.of(
            new Head(
                numbers.get(0).getAsLong(),
                numbers.get(1).getAsLong(),
                numbers.get(2).getAsLong(),
                numbers.get(3).getAsLong(),
                holders,
                !meta.get(4).isEmpty()));
  }

  /** The cursor may stand inside the first group, and the bound inside the last one. */
  private static Entries entries(List<Object> reply, long epoch, long cursor, int max) {
    List<Reservation> read = new ArrayList<>();
    for (int i = 2; i < reply.size(); i += 3) {
      LogGroup group =
          new LogGroup(
              epoch,
              Long.parseLong((String) reply.get(i)),
              (String) reply.get(i + 1),
              Long.parseLong((String) reply.get(i + 2)));
      for (Reservation one : group.reservations()) {
        if (one.sequence() > cursor && read.size() < max) {
          read.add(one);
        }
      }
    }
    return new Entries(read, (Long) reply.get(1));
  }
}
