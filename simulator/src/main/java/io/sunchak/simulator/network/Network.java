package io.sunchak.simulator.network;

import io.sunchak.simulator.time.Host;
import io.sunchak.simulator.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What lies between nodes and Redis. Not thread-safe. */
public final class Network {
  private static final Duration LATENCY = Duration.ofNanos(300_000);

  private final Scheduler scheduler;
  private final Random random;
  private final RedisProcess redis;
  private final boolean resends;
  private final List<Connection> connections = new ArrayList<>();
  private final Map<Host, Slow> slow = new HashMap<>();

  private record Slow(long until, Duration most) {}

  /**
   * One in which all messages arrive soon.
   *
   * @param resends whether a link sends what was not answered again, on the next connection
   */
  public Network(Scheduler scheduler, Random random, RedisProcess redis, boolean resends) {
    this.scheduler = scheduler;
    this.random = random;
    this.redis = redis;
    this.resends = resends;
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  boolean resends() {
    return resends;
  }

  RedisProcess redis() {
    return redis;
  }

  Random random() {
    return random;
  }

  long now() {
    return scheduler.now();
  }

  void at(long time, Host host, Runnable work) {
    scheduler.after(time - scheduler.now(), host, work);
  }

  void after(long nanos, Host host, Runnable work) {
    scheduler.after(nanos, host, work);
  }

  void after(Duration pause, Host host, Runnable work) {
    scheduler.after(pause, host, work);
  }

  /** For one message from or to this host. */
  long latency(Host client) {
    Slow now = slow.get(client);
    Duration most = now != null && now.until() > now() ? now.most() : LATENCY;
    return 20_000 + random.nextLong(most.toNanos());
  }

  /** Messages of this host take up to {@code most}, for a while. */
  public void slow(Host client, Duration most, Duration howLong) {
    slow.put(client, new Slow(now() + howLong.toNanos(), most));
  }

  /** Makes a connection for {@code client}. */
  Connection connect(Host client, String name, Duration limit, Runnable onLoss) {
    connections.removeIf(old -> !old.isOpen() || old.client().isDead());
    Connection made = new Connection(this, client, name, limit, onLoss);
    connections.add(made);
    return made;
  }

  /** Ends one of this host's connections, with a word or without one. */
  public void cut(Host client, boolean told) {
    List<Connection> own =
        connections.stream().filter(one -> one.client() == client && one.isOpen()).toList();
    if (!own.isEmpty()) {
      Connection one = own.get(random.nextInt(own.size()));
      if (told) {
        one.reset();
      } else {
        one.silence();
      }
    }
  }
}
