package io.sunchak.admission.link;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.sunchak.admission.script.CampaignKeys;
import io.sunchak.core.log.LogException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Asks for each right of the server's Redis user by the command itself, on keys of no campaign:
 * within a script Redis would not say which one is missing, or a script would take it for a key
 * that is gone. Thread-safe, blocking.
 */
final class RightsTrial {
  private final Link link;

  RightsTrial(Link link) {
    this.link = link;
  }

  /**
   * Tries them all.
   *
   * @throws LogException with Redis' words, which name the command, when one is refused
   */
  void run() {
    RedisAsyncCommands<String, String> redis = link.commands();
    CampaignKeys keys = CampaignKeys.scratch();
    String hash = keys.issued();
    String log = keys.log();
    // First, so that nothing stays where it is refused.
    link.await(redis.unlink(keys.all()));
    // All are on their way before the first is awaited.
    List<CompletionStage<?>> asked = new ArrayList<>();
    asked.add(redis.hset(hash, "a", "1"));
    asked.add(redis.hsetnx(hash, "b", "1"));
    asked.add(redis.hget(hash, "a"));
    asked.add(redis.hmget(hash, "a", "b"));
    asked.add(redis.hlen(hash));
    asked.add(redis.hscan(hash, ScanArgs.Builder.limit(1)));
    asked.add(redis.hdel(hash, "a"));
    asked.add(redis.type(hash));
    asked.add(redis.xadd(log, new XAddArgs().id("1-1"), "a", "1"));
    asked.add(redis.xlen(log));
    asked.add(redis.xrange(log, Range.unbounded(), Limit.from(1)));
    asked.add(redis.xrevrange(log, Range.unbounded(), Limit.from(1)));
    asked.add(redis.xtrim(log, XTrimArgs.Builder.minId("1-1")));
    asked.add(redis.time());
    asked.add(redis.ping());
    asked.add(redis.eval("return 1", ScriptOutputType.INTEGER));
    asked.add(redis.unlink(keys.all()));
    asked.forEach(link::await);
  }
}
