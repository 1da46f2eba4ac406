package io.sunchak.load.generator;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One event loop with its share of the connections and of the load. */
final class Worker {
  private static final long TICK_MICROS = 500;
  private static final long SWEEP_MILLIS = 200;
  private static final long RECONNECT_MILLIS = 50;

  private final EventLoop loop;
  private final Load load;
  private final AnswerCodec codec;
  private final int number;
  private final int workers;
  private final Recording recording = new Recording();
  private final List<Connection> connections = new ArrayList<>();

  /** Used in turn: a server may close a connection that was idle for seconds. */
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();

  private final ArrayDeque<Long> due = new ArrayDeque<>();
  private final List<ScheduledFuture<?>> timers = new ArrayList<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private long threadId;
  private long started;
  private long lastConnected;
  private long scheduled;
  private boolean over;

  Worker(EventLoop loop, Load load, AnswerCodec codec, int number, int workers) {
    this.loop = loop;
    this.load = load;
    this.codec = codec;
    this.number = number;
    this.workers = workers;
  }

  /** Completes when every connection was made or refused once. */
  CompletableFuture<Void> connect() {
    CompletableFuture<Void> all = new CompletableFuture<>();
    loop.execute(() -> {
      threadId = Thread.currentThread().threadId();
      List<CompletableFuture<Void>> made = new ArrayList<>();
      for (int i = number; i < load.connections(); i += workers) {
        Connection connection = new Connection(this, load.nodes().get(i % load.nodes().size()));
        connections.add(connection);
        made.add(connect(connection));
      }
      var _ =
          CompletableFuture.allOf(made.toArray(CompletableFuture[]::new))
              .whenComplete((done, never) -> all.complete(null));
    });
    return all;
  }

  private CompletableFuture<Void> connect(Connection connection) {
    CompletableFuture<Void> tried = new CompletableFuture<>();
    URI node = connection.node();
    ChannelFuture made =
        new Bootstrap()
            .group(loop)
            .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) load.patience().toMillis())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    HttpDecoderConfig plain = new HttpDecoderConfig().setValidateHeaders(false);
                    channel.pipeline().addLast(new HttpResponseDecoder(plain), connection);
                  }
                })
            .connect(node.getHost(), node.getPort());
    var _ =
        made.addListener(done -> {
          if (!made.isSuccess() && !over) {
            Runnable again =
                () -> {
                  var _ = connect(connection);
                };
            var _ = loop.schedule(again, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
          }
          tried.complete(null);
        });
    return tried;
  }

  /** Begins to send; completes with the last answer. */
  CompletableFuture<Void> start(long at) {
    loop.execute(() -> {
      started = at;
      lastConnected = at;
      timers.add(
          loop.scheduleAtFixedRate(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS));
      if (load.perSecond() != null) {
        timers.add(loop.scheduleAtFixedRate(this::tick, 0, TICK_MICROS, TimeUnit.MICROSECONDS));
      }
      List.copyOf(connections).stream().filter(Connection::isConnected).forEach(this::ready);
    });
    return ended;
  }

  /** A connection is open and has no request on it. */
  void ready(Connection connection) {
    if (started == 0) {
      return; // connected before the start, which sends its first request
    }
    if (load.perSecond() == null) {
      sendNext(connection, 0);
    } else if (due.isEmpty()) {
      idle.add(connection);
    } else {
      sendNext(connection, due.remove());
    }
    endIfDone();
  }

  /**
   * In an open loop requests fall due whether or not a connection is free; those that wait are
   * late.
   */
  private void tick() {
    double gap = workers * 1e9 / perSecond();
    long now = System.nanoTime();
    while (!over) {
      long at = started + (long) ((scheduled + (double) number / workers) * gap);
      if (at > now || at - started > load.longest().toNanos()) {
        break;
      }
      scheduled++;
      due.add(at);
    }
    while (!due.isEmpty() && !idle.isEmpty()) {
      sendNext(idle.remove(), due.remove());
    }
    endIfDone();
  }

  private double perSecond() {
    Double rate = load.perSecond();
    return rate == null ? Double.MAX_VALUE : rate;
  }

  private void sendNext(Connection connection, long intended) {
    long shot = over || isLate() ? Shots.END : load.shots().next();
    if (shot == Shots.END) {
      over = true;
      due.clear();
    } else {
      connection.send(shot, intended);
    }
  }

  private boolean isLate() {
    return System.nanoTime() - started > load.longest().toNanos();
  }

  /**
   * Gives up on answers that take too long and on servers that cannot be reached for as long; ends
   * where nothing is in flight any more.
   */
  private void sweep() {
    long now = System.nanoTime();
    long oldest = now - load.patience().toNanos();
    connections.forEach(connection -> connection.giveUpBefore(oldest));
    if (connections.isEmpty() || connections.stream().anyMatch(Connection::isConnected)) {
      lastConnected = now;
    }
    over |= isLate() || lastConnected - oldest < 0;
    endIfDone();
  }

  private void endIfDone() {
    if (over && !ended.isDone() && connections.stream().noneMatch(Connection::isInFlight)) {
      timers.forEach(timer -> timer.cancel(false));
      connections.forEach(Connection::close);
      ended.complete(null);
    }
  }

  void lost(Connection connection) {
    idle.remove(connection); // it is added again once connected, and must not be there twice
    if (!over) {
      var _ = connect(connection);
    }
    endIfDone();
  }

  void record(long shot, long intended, long sent, long answer) {
    recording.add(shot, intended == 0 ? sent : intended, sent, System.nanoTime(), answer);
  }

  long answer(int status, byte[] body, int length) {
    return codec.encode(status, body, length);
  }

  Credentials users() {
    return load.users();
  }

  /** The head of each endpoint's requests. */
  byte[][] heads(URI node) {
    return load.endpoints().stream().map(endpoint -> endpoint.head(node)).toArray(byte[][]::new);
  }

  Recording recording() {
    return recording;
  }

  long threadId() {
    return threadId;
  }
}
