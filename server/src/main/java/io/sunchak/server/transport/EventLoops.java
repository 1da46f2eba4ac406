package io.sunchak.server.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * Event loops over the transport that was chosen; Reactor Netty's own take whatever is on the class
 * path. Thread-safe.
 */
public final class EventLoops implements LoopResources {
  private final EventLoopGroup group;

  /** Starts so many loops as they are needed. */
  public EventLoops(Transport transport, int count) {
    this.group =
        new MultiThreadIoEventLoopGroup(count, threads("http-" + transport), transport.handlers());
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger made = new AtomicInteger();
    return task -> new LoopThread(task, name + "-" + made.incrementAndGet());
  }

  /** Reactor lets no such thread wait. */
  private static final class LoopThread extends FastThreadLocalThread implements NonBlocking {
    LoopThread(Runnable task, String name) {
      super(task, name);
      setDaemon(true);
    }
  }

  @Override
  public EventLoopGroup onServer(boolean useNative) {
    return group;
  }

  @Override
  public boolean daemon() {
    return true;
  }

  @Override
  public void dispose() {
    disposeLater().subscribe();
  }

  @Override
  public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
    return Mono.create(end ->
        group
            .shutdownGracefully(quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
            .addListener(ended -> end.success()));
  }
}
