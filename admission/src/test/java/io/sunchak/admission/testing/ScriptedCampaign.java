package io.sunchak.admission.testing;

import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XAddArgs;
import io.sunchak.admission.script.CampaignKeys;
import io.sunchak.admission.script.RedisScript;
import io.sunchak.core.CampaignId;
import io.sunchak.core.testing.Campaigns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A campaign of its own whose three keys are put by hand, and the scripts run on them. As made, it
 * is open, in epoch 7 of the ledger "L", with a stock of 100 of which nothing is given.
 */
public final class ScriptedCampaign {
  public static final String LEDGER = "L";
  public static final long EPOCH = 7;
  public static final long NEVER = 4_000_000_000_000L;

  private final TestRedis redis;
  private final CampaignId id = Campaigns.freshId();
  private final CampaignKeys keys = CampaignKeys.of(id);
  private String ledger = LEDGER;
  private long epoch = EPOCH;
  private String witness = "";
  private String witnessed = "";
  private long maxBacklog = 1_000_000;
  private String eligible = "";

  /** Everything the three keys hold. */
  public record Keys(Map<String, String> meta, Map<String, String> issued, List<String> log) {}

  public ScriptedCampaign(TestRedis redis) {
    this.redis = redis;
    redis
        .root()
        .hset(
            keys.meta(),
            Map.of(
                "ledger", LEDGER,
                "epoch", Long.toString(EPOCH),
                "version", "3",
                "total", "100",
                "seq", "0",
                "drained", "0",
                "state", "OPEN",
                "opens", "0",
                "closes", Long.toString(NEVER)));
  }

  public CampaignId id() {
    return id;
  }

  public CampaignKeys keys() {
    return keys;
  }

  /** Sets a field of meta; null removes it. */
  public ScriptedCampaign with(String field, @Nullable Object value) {
    if (value == null) {
      redis.root().hdel(keys.meta(), field);
    } else {
      redis.root().hset(keys.meta(), field, value.toString());
    }
    return this;
  }

  /** Gives these users the next numbers, each by a call of its own, as reserve.lua leaves them. */
  public ScriptedCampaign given(String... users) {
    for (String user : users) {
      givenTogether(user);
    }
    return this;
  }

  /** As {@link #given}, by one call. */
  public ScriptedCampaign givenTogether(String... users) {
    long sequence = Long.parseLong(redis.root().hget(keys.meta(), "seq"));
    for (String user : users) {
      sequence++;
      redis.root().hset(keys.issued(), user, Long.toString(sequence));
    }
    XAddArgs id = new XAddArgs().id(EPOCH + "-" + sequence);
    redis.root().xadd(keys.log(), id, "t", "1000", "u", String.join(" ", users));
    return with("seq", sequence);
  }

  /** Calls from a node that knows another ledger and epoch. */
  public ScriptedCampaign calledUnder(String otherLedger, long otherEpoch) {
    ledger = otherLedger;
    epoch = otherEpoch;
    return this;
  }

  public ScriptedCampaign witness(String user, long sequence) {
    witness = user;
    witnessed = Long.toString(sequence);
    return this;
  }

  public ScriptedCampaign maxBacklog(long most) {
    maxBacklog = most;
    return this;
  }

  /** Calls from a node that knows an eligibility, and who of the users meets it. */
  public ScriptedCampaign eligible(String markAndUsers) {
    eligible = markAndUsers;
    return this;
  }

  public String reserve(String... users) {
    return text(RedisScript.RESERVE, reserveArguments(users));
  }

  public List<Object> drainRead(long cursor, String user, int max) {
    return await(
        RedisScript.DRAIN_READ.call(
            redis.server(), ScriptOutputType.MULTI, keys.all(), drainArguments(cursor, user, max)));
  }

  /** Runs a script whose reply is one string. */
  public String text(RedisScript script, String... args) {
    return await(script.call(redis.server(), ScriptOutputType.VALUE, keys.all(), args));
  }

  /** As {@link #reserve}, by a script that is told that {@code held} users hold a coupon. */
  public String reserveOf(long held, String... users) {
    String script = toldOf(held, "reserve");
    String[] args = reserveArguments(users);
    return redis.root().eval(script, ScriptOutputType.VALUE, keys.all(), args);
  }

  /** As {@link #drainRead}, by a script that is told that {@code held} users hold a coupon. */
  public List<Object> drainReadOf(long held, long cursor, String user, int max) {
    String script = toldOf(held, "drain_read");
    String[] args = drainArguments(cursor, user, max);
    return redis.root().eval(script, ScriptOutputType.MULTI, keys.all(), args);
  }

  private String[] reserveArguments(String... users) {
    return Stream.concat(
            Stream.of(
                ledger,
                Long.toString(epoch),
                witness,
                witnessed,
                Long.toString(maxBacklog),
                eligible),
            Arrays.stream(users))
        .toArray(String[]::new);
  }

  private String[] drainArguments(long cursor, String user, int max) {
    return new String[] {
      ledger, Long.toString(epoch), Long.toString(cursor), user, Integer.toString(max)
    };
  }

  /** Thousands of millions of users are too many to load. */
  private static String toldOf(long held, String script) {
    String told =
        """
        local real = redis
        local redis = setmetatable({
          pcall = function(name, ...) return name == 'HLEN' and %d or real.pcall(name, ...) end
        }, { __index = real })
        """
            .formatted(held);
    return told + source(script);
  }

  private static String source(String script) {
    try (InputStream in = ScriptedCampaign.class.getResourceAsStream("/lua/" + script + ".lua")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T await(CompletionStage<T> answer) {
    return answer.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  public Keys content() {
    List<String> log = new ArrayList<>();
    redis
        .root()
        .xrange(keys.log(), Range.unbounded())
        .forEach(entry -> log.add(entry.getId() + " " + entry.getBody()));
    return new Keys(redis.root().hgetall(keys.meta()), redis.root().hgetall(keys.issued()), log);
  }
}
