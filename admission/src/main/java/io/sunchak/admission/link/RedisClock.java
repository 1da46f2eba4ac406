package io.sunchak.admission.link;

import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The clock that decides when a campaign opens and closes, Redis' own, as this node knows it: asked
 * for once a second and carried on by the monotonic clock in between, also while Redis is away. So
 * a node's wall clock may be wrong or set without anybody seeing another time than the one that
 * decides. Until Redis has been seen it is the node's clock. Thread-safe.
 *
 * <p>An answer only says that Redis' time was taken between asking and hearing. What is known is
 * kept while it lies in between, and else corrected by as little as the answer demands, so a slow
 * answer does not make the clock jump.
 */
public final class RedisClock implements InstantSource, AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final RedisLink link;
  private final InstantSource node;
  private final GuardedLoop loop;
  private final AtomicLong looks = new AtomicLong();
  private volatile @Nullable Known known;

  /** At {@code nanos}, by {@link System#nanoTime}, it was {@code micros} since the epoch. */
  private record Known(long micros, long nanos) {
    long at(long now) {
      return micros + TimeUnit.NANOSECONDS.toMicros(now - nanos);
    }
  }

  /**
   * Begins to look, in the background.
   *
   * @param link which a look may delay by one command
   * @param node until Redis has been seen
   */
  public RedisClock(RedisLink link, InstantSource node, LoopListener listener) {
    this.link = link;
    this.node = node;
    this.loop = GuardedLoop.virtual("redis-clock", this::round, listener);
    loop.start();
  }

  @Override
  public Instant instant() {
    Known now = known;
    return now == null ? node.instant() : instant(now.at(System.nanoTime()));
  }

  /** How often Redis has told its time. */
  long looks() {
    return looks.get();
  }

  /** Whether Redis has been seen, so that this is its time. */
  public boolean isKnown() {
    return known != null;
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(0, TimeUnit.MICROSECONDS.toNanos(micros));
  }

  private boolean round() throws InterruptedException {
    try {
      look();
    } catch (LogException away) {
      // What is known is carried on.
    }
    return loop.pause(pause());
  }

  /** A node that starts must not show its own time for long. */
  private Duration pause() {
    return isKnown() ? EVERY : EVERY.dividedBy(20);
  }

  private void look() {
    long asked = System.nanoTime();
    List<String> time = link.await(link.commands().time());
    long heard = System.nanoTime();
    long micros =
        TimeUnit.SECONDS.toMicros(Long.parseLong(time.getFirst())) + Long.parseLong(time.getLast());
    known = corrected(known, micros, asked, heard);
    looks.incrementAndGet();
  }

  private static Known corrected(@Nullable Known before, long micros, long asked, long heard) {
    if (before == null) {
      return new Known(micros, asked + (heard - asked) / 2);
    }
    if (micros < before.at(asked)) {
      return new Known(micros, asked);
    }
    return micros > before.at(heard) ? new Known(micros, heard) : before;
  }

  @Override
  public void close() {
    loop.end();
  }
}
