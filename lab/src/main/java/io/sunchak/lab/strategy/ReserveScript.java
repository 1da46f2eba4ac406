package io.sunchak.lab.strategy;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.lab.redis.LabKeys;
import io.sunchak.lab.redis.LuaScript;
import java.time.Instant;
import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;

/** {@code reserve.lua}: its arguments, and its reply as an outcome. */
final class ReserveScript {
  static final RedisScript<String> TEXT = LuaScript.read("reserve.lua", String.class);

  private ReserveScript() {}

  static List<String> keys(LabKeys keys, CampaignId campaign) {
    return List.of(keys.issued(campaign), keys.sequence(campaign), keys.queue());
  }

  static String[] arguments(IssueRequest request, Campaign campaign) {
    Long total = campaign.stock().total();
    return new String[] {
      request.campaign().value(),
      request.user().value(),
      campaign.state().name(),
      total == null ? "unlimited" : total.toString(),
      Long.toString(campaign.window().opensAt().toEpochMilli()),
      Long.toString(campaign.window().closesAt().toEpochMilli())
    };
  }

  static IssueOutcome outcome(String reply, Campaign campaign) {
    String[] words = reply.split(" ", -1);
    return switch (words[0]) {
      case "ACCEPTED" ->
          new IssueOutcome.Accepted(
              Long.parseLong(words[1]), Instant.ofEpochMilli(Long.parseLong(words[2])));
      case "ALREADY" -> new IssueOutcome.AlreadyIssued(Long.parseLong(words[1]));
      case "PAUSED" -> new IssueOutcome.Paused();
      case "CLOSED" -> new IssueOutcome.Closed();
      case "NOT_OPEN" -> new IssueOutcome.NotOpen(campaign.window().opensAt());
      case "SOLD_OUT" -> new IssueOutcome.SoldOut();
      default -> throw new IllegalStateException("reserve.lua replied " + reply);
    };
  }
}
