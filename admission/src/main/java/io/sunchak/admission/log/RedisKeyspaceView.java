package io.sunchak.admission.log;

import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.sunchak.admission.link.Link;
import io.sunchak.admission.script.CampaignKeys;
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
import java.util.concurrent.CompletionStage;

/** Campaigns' keys, to look at: what concerns many is asked for at once and then awaited. */
public final class RedisKeyspaceView implements KeyspaceView {
  private final Link link;

  public RedisKeyspaceView(Link link) {
    this.link = link;
  }

  @Override
  public Map<CampaignId, Facts> facts(Collection<CampaignId> campaigns) {
    Map<CampaignId, CompletionStage<List<KeyValue<String, String>>>> asked = new LinkedHashMap<>();
    for (CampaignId campaign : campaigns) {
      String meta = CampaignKeys.of(campaign).meta();
      asked.put(campaign, link.commands().hmget(meta, RedisCampaignKeyspace.FACTS));
    }
    Map<CampaignId, Facts> facts = new HashMap<>();
    asked.forEach((campaign, meta) ->
        RedisCampaignKeyspace.facts(link.await(meta)).ifPresent(f -> facts.put(campaign, f)));
    return facts;
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
    return first(link.commands().xrange(CampaignKeys.of(campaign).log(), rest, Limit.from(1)))
        .stream()
        .filter(one -> one.sequence() > after)
        .findFirst();
  }

  @Override
  public Optional<Reservation> newest(CampaignId campaign) {
    Range<String> all = Range.create("-", "+");
    List<Reservation> group =
        first(link.commands().xrevrange(CampaignKeys.of(campaign).log(), all, Limit.from(1)));
    return group.isEmpty() ? Optional.empty() : Optional.of(group.getLast());
  }

  private List<Reservation> first(CompletionStage<List<StreamMessage<String, String>>> entries) {
    return link.await(entries).stream()
        .findFirst()
        .map(entry -> LogGroup.of(entry).reservations())
        .orElse(List.of());
  }
}
