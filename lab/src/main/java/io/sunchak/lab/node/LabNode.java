package io.sunchak.lab.node;

import io.sunchak.core.CouponIssuer;
import io.sunchak.lab.cache.CacheUpdates;
import io.sunchak.lab.cache.CampaignFinder;
import io.sunchak.lab.cache.Holders;
import io.sunchak.lab.cache.LocalCampaigns;
import io.sunchak.lab.cache.RedisCampaigns;
import io.sunchak.lab.drain.DrainSchedule;
import io.sunchak.lab.drain.MarkAndRebuildDrain;
import io.sunchak.lab.drain.OneByOneDrain;
import io.sunchak.lab.drain.PopAfterSuccessDrain;
import io.sunchak.lab.drain.PopFirstDrain;
import io.sunchak.lab.drain.QueueDrain;
import io.sunchak.lab.drain.RemoveByIndexDrain;
import io.sunchak.lab.failure.FailureQueue;
import io.sunchak.lab.failure.Failures;
import io.sunchak.lab.ledger.JdbcDatabase;
import io.sunchak.lab.ledger.Ledger;
import io.sunchak.lab.ledger.LedgerSchema;
import io.sunchak.lab.ledger.R2dbcDatabase;
import io.sunchak.lab.queue.WaitingQueue;
import io.sunchak.lab.redis.RedisClients;
import io.sunchak.lab.strategy.CachedIssuer;
import io.sunchak.lab.strategy.DistributedLockIssuer;
import io.sunchak.lab.strategy.ReactiveIssuer;
import io.sunchak.lab.strategy.ScriptIssuer;
import io.sunchak.lab.strategy.Stack;
import io.sunchak.lab.strategy.Strategy;
import io.sunchak.lab.strategy.UncheckedIssuer;
import io.sunchak.lab.write.CampaignAdmin;
import io.sunchak.lab.write.Issuing;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.redisson.api.RedissonClient;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One running node of the lab, without the web: which parts make up which strategy is said here,
 * and only here. Several nodes may share the engines.
 */
public final class LabNode implements AutoCloseable {
  private final Deque<Runnable> endings = new ArrayDeque<>();
  private final InstantSource clock = InstantSource.system();
  private final LabSettings settings;
  private final RedisClients redis;
  private final Ledger ledger;
  private final CacheUpdates updates;
  private final Holders holders;
  private final CampaignFinder campaigns;
  private final CouponIssuer issuer;
  private final WaitingQueue queue;
  private final Failures failures;

  private LabNode(LabSettings settings) {
    this.settings = settings;
    this.redis = new RedisClients(settings.engines().redisUri());
    endings.push(redis::close);
    ReactiveStringRedisTemplate reactive = redis.reactive();
    this.ledger = ledger(settings.stack() == Stack.REACTIVE);
    this.updates = new CacheUpdates(reactive, settings.keys());
    this.holders = new Holders(reactive, settings.keys());
    Optional<LocalCampaigns> local = local();
    this.campaigns = local.<CampaignFinder>map(cached -> cached).orElseGet(this::cachedInRedis);
    this.issuer =
        local
            .<CouponIssuer>map(cached -> new CachedIssuer(cached, script()))
            .orElseGet(this::asked);
    Issuing issuing = new Issuing(drainLedger(), updates);
    this.queue = new WaitingQueue(reactive, settings.keys().queue());
    FailureQueue kept = new FailureQueue(reactive, settings.keys().failures());
    this.failures = new Failures(kept, issuing, settings.retry(), settings.alarm(), clock);
    endings.push(failures::close);
    endings.push(schedule(issuing)::close);
  }

  /** Connects, migrates, begins to drain. Blocks. */
  public static LabNode start(LabSettings settings) {
    LabSettings.Engines engines = settings.engines();
    LedgerSchema.migrate(engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
    return new LabNode(settings);
  }

  private Optional<LocalCampaigns> local() {
    if (settings.strategy() != Strategy.V4 && settings.strategy() != Strategy.V5) {
      return Optional.empty();
    }
    LocalCampaigns cached = new LocalCampaigns(cachedInRedis(), holders, updates.changes());
    endings.push(cached::close);
    return Optional.of(cached);
  }

  private CampaignFinder cachedInRedis() {
    return settings.stack() == Stack.REACTIVE
        ? RedisCampaigns.reactive(redis.reactive(), settings.keys(), ledger, updates)
        : RedisCampaigns.blocking(redis.blocking(), settings.keys(), ledger, updates);
  }

  private CouponIssuer asked() {
    return switch (settings.strategy()) {
      case V1 -> locked();
      case V2 -> unchecked();
      case V3, V4, V5 -> script();
    };
  }

  private CouponIssuer locked() {
    RedissonClient redisson = redis.redisson();
    endings.push(redisson::shutdown);
    return new DistributedLockIssuer(redisson, unchecked());
  }

  private CouponIssuer unchecked() {
    StringRedisTemplate blocking = redis.blocking();
    return new UncheckedIssuer(blocking, settings.keys(), campaigns, clock);
  }

  private CouponIssuer script() {
    return settings.stack() == Stack.REACTIVE
        ? new ReactiveIssuer(redis.reactive(), settings.keys(), campaigns)
        : new ScriptIssuer(redis.blocking(), settings.keys(), campaigns);
  }

  private Ledger drainLedger() {
    boolean byJdbc = settings.strategy() != Strategy.V5 && settings.stack() == Stack.REACTIVE;
    return byJdbc ? ledger(false) : ledger;
  }

  private DrainSchedule schedule(Issuing issuing) {
    if (settings.strategy() == Strategy.V5) {
      return DrainSchedule.overlapping(parallel(issuing), settings.interval());
    }
    Scheduler thread = Schedulers.newBoundedElastic(1, 16, "drain", 60, true);
    endings.push(thread::dispose);
    return DrainSchedule.oneRunAtATime(
        new OneByOneDrain(queue, issuing, failures, thread), settings.interval());
  }

  private QueueDrain parallel(Issuing issuing) {
    return switch (settings.drain()) {
      case POP_AFTER_SUCCESS -> new PopAfterSuccessDrain(queue, issuing);
      case REMOVE_BY_INDEX -> new RemoveByIndexDrain(queue, issuing);
      case MARK_AND_REBUILD -> new MarkAndRebuildDrain(queue, issuing);
      case POP_FIRST -> new PopFirstDrain(queue, issuing, failures);
    };
  }

  private Ledger ledger(boolean reactive) {
    LabSettings.Engines at = settings.engines();
    Ledger opened =
        new Ledger(
            reactive
                ? new R2dbcDatabase(at.jdbcUrl(), at.postgresUser(), at.postgresPassword())
                : new JdbcDatabase(at.jdbcUrl(), at.postgresUser(), at.postgresPassword()));
    endings.push(opened::close);
    return opened;
  }

  public LabSettings settings() {
    return settings;
  }

  public CouponIssuer issuer() {
    return issuer;
  }

  public CampaignFinder campaigns() {
    return campaigns;
  }

  public CampaignAdmin admin() {
    return new CampaignAdmin(ledger, updates);
  }

  public Ledger ledger() {
    return ledger;
  }

  public Holders holders() {
    return holders;
  }

  public WaitingQueue queue() {
    return queue;
  }

  public Failures failures() {
    return failures;
  }

  /** The last opened first: the drain ends its run before its connections go. */
  @Override
  public void close() {
    endings.forEach(Runnable::run);
  }
}
