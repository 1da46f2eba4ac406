package io.sunchak.server.http.direct;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.SmartLifecycle;
import reactor.netty.NettyPipeline;

/**
 * Prepares each new connection: adds {@link DirectChannel} and closes idle connections. At shutdown
 * it stops after the web server, which closes its connections, and before the issuer, as soon as
 * the direct calls in flight are answered. Thread-safe.
 */
public final class DirectChannels implements SmartLifecycle {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int AFTER_THE_WEB_SERVER = Integer.MAX_VALUE - 4_096;

  private final List<DirectCall> calls;
  private final Duration unread;
  private final Duration idle;
  private final Map<EventExecutor, LoopTasks> loops = new ConcurrentHashMap<>();

  /** A counter that the loops would share would cost each call two waits for the other cores. */
  private final LongAdder inFlight = new LongAdder();

  private volatile boolean running;

  /**
   * For all connections of one server.
   *
   * @param unread a connection is closed if its client takes hardly a byte of a waiting answer for
   *     this time, at the latest after twice this time
   * @param idle a connection is closed after this time without a byte in either direction
   */
  public DirectChannels(List<DirectCall> calls, Duration unread, Duration idle) {
    this.calls = List.copyOf(calls);
    this.unread = unread;
    this.idle = idle;
  }

  /** Called once per connection, when its pipeline is complete. */
  public DirectChannel prepare(Channel channel) {
    Executor tasks = loops.computeIfAbsent(channel.eventLoop(), LoopTasks::new);
    DirectChannel direct = new DirectChannel(calls, tasks, inFlight);
    channel
        .pipeline()
        .addFirst("sunchak.idle", new IdleEnd(unread, idle))
        .addAfter(NettyPipeline.HttpCodec, "sunchak.direct", direct);
    return direct;
  }

  /**
   * Closes a connection without traffic, and, sooner, one whose client takes its answers so slowly
   * that they would be kept for it without an end.
   */
  private static final class IdleEnd extends IdleStateHandler {
    /** Of one answer, in the time without a complete one. */
    private static final long FEWEST_BYTES = 16_384;

    private long taken;

    IdleEnd(Duration unread, Duration idle) {
      super(false, 0, unread.toMillis(), idle.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
      ChannelOutboundBuffer answers = context.channel().unsafe().outboundBuffer();
      boolean waits = answers != null && answers.current() != null;
      if (waits ? isTakenSlowly(answers, event) : event.state() == IdleState.ALL_IDLE) {
        var _ = context.close();
      }
    }

    /**
     * Whether no answer was completed since the previous look, and little was taken of this one.
     */
    private boolean isTakenSlowly(ChannelOutboundBuffer answers, IdleStateEvent event) {
      if (event.state() != IdleState.WRITER_IDLE) {
        return false;
      }
      long before = taken;
      taken = answers.currentProgress();
      return !event.isFirst() && taken - before < FEWEST_BYTES;
    }
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (inFlight.sum() > 0 && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return AFTER_THE_WEB_SERVER;
  }
}
