package io.sunchak.admission;

import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.KeyspaceView;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Campaigns' keys, to look at: what concerns many is asked for at once and then awaited. */
public final class RedisKeyspaceView implements KeyspaceView {
  private final RedisLink link;

  public RedisKeyspaceView(RedisLink link) {
    this.link = link;
  }

  private record Asked(
      CompletionStage<List<KeyValue<String, String>>> meta, CompletionStage<Long> length) {}

  @Override
  public Map<CampaignId, Facts> facts(Collection<CampaignId> campaigns) {
    Map<CampaignId, Asked> asked = new LinkedHashMap<>();
    for (CampaignId campaign : campaigns) {
      CampaignKeys keys = CampaignKeys.of(campaign);
      asked.put(
          campaign,
          new Asked(
              link.commands().hmget(keys.meta(), "epoch", "seq", "version"),
              link.commands().xlen(keys.log())));
    }
    Map<CampaignId, Facts> facts = new HashMap<>();
    asked.forEach((campaign, answers) -> facts(answers).ifPresent(f -> facts.put(campaign, f)));
    return facts;
  }

  private Optional<Facts> facts(Asked answers) {
    List<OptionalLong> fields =
        link.await(answers.meta()).stream()
            .map(field -> RedisCampaignKeyspace.number(field.getValueOrElse("")))
            .toList();
    long backlog = link.await(answers.length());
    return fields.stream().anyMatch(OptionalLong::isEmpty)
        ? Optional.empty()
        : Optional.of(
            new Facts(
                fields.get(0).getAsLong(),
                fields.get(1).getAsLong(),
                backlog,
                fields.get(2).getAsLong()));
  }

  @Override
  public long issued(CampaignId campaign) {
    return link.await(link.commands().hlen(CampaignKeys.of(campaign).issued()));
  }

  @Override
  public Map<String, Long> numbers(CampaignId campaign, Collection<String> users) {
    Map<String, Long> numbers = new HashMap<>();
    if (!users.isEmpty()) {
      String issued = CampaignKeys.of(campaign).issued();
      link.await(link.commands().hmget(issued, users.toArray(String[]::new)))
          .forEach(found -> {
            RedisCampaignKeyspace.number(found.getValueOrElse(""))
                .ifPresent(number -> numbers.put(found.getKey(), number));
          });
    }
    return numbers;
  }

  @Override
  public Optional<Reservation> oldest(CampaignId campaign, long epoch, long after) {
    Range<String> rest = Range.create(epoch + "-" + (after + 1), "+");
    return first(link.commands().xrange(CampaignKeys.of(campaign).log(), rest, Limit.from(1)));
  }

  @Override
  public Optional<Reservation> newest(CampaignId campaign) {
    Range<String> all = Range.create("-", "+");
    return first(link.commands().xrevrange(CampaignKeys.of(campaign).log(), all, Limit.from(1)));
  }

  private Optional<Reservation> first(
      CompletionStage<List<StreamMessage<String, String>>> entries) {
    return link.await(entries).stream().findFirst().map(RedisCampaignKeyspace::reservation);
  }
}
