package io.sunchak.lab.strategy;

import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueRequest;
import io.sunchak.lab.async.Stages;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;

/**
 * Another issuer, inside a lock that all nodes share: one request of a campaign at a time, from its
 * check to its addition. The lock's lease ends 30 s after its holder last renewed it; a holder that
 * pauses for longer adds without the lock, and nothing in Redis stops it. Locks belong to threads:
 * each request must keep its own from begin to end.
 *
 * @param inside one that blocks, so that it is done when it returns
 */
public record DistributedLockIssuer(RedissonClient redisson, CouponIssuer inside)
    implements CouponIssuer {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public CompletionStage<IssueOutcome> issue(IssueRequest request) {
    return Stages.blocking(() -> locked(request));
  }

  private IssueOutcome locked(IssueRequest request) throws InterruptedException {
    RLock lock = redisson.getLock("lab:" + request.campaign() + ":lock");
    try {
      if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Unavailable(Reason.OVERLOADED);
      }
    } catch (RedisException away) {
      return new Unavailable(Reason.REDIS_DOWN);
    }
    try {
      return inside.issue(request).toCompletableFuture().join();
    } finally {
      unlock(lock);
    }
  }

  private static void unlock(RLock lock) {
    try {
      lock.unlock();
    } catch (RedisException | IllegalMonitorStateException lost) {
      // It expires by itself; what was decided inside stays decided.
    }
  }
}
