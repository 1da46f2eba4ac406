package io.sunchak.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends HTTP/1.1 requests over a fixed number of keep-alive connections, one at a time on each. A
 * connection that is lost is made anew for the next request; a request is never sent twice. What
 * waits for a connection is bounded by the caller: it holds every future it got. Thread-safe.
 */
public final class HttpLoadClient implements AutoCloseable {
  private static final int MAX_BODY = 4 << 20;
  private static final int LOOPS = 2;

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final InetSocketAddress address;
  private final String host;
  private final Duration patience;

  /**
   * A client without a connection yet.
   *
   * @param patience after which a call counts as unanswered
   */
  public HttpLoadClient(URI server, int connections, Duration patience) {
    this.address = new InetSocketAddress(server.getHost(), server.getPort());
    this.host = server.getAuthority();
    this.patience = patience;
    for (int i = 0; i < connections; i++) {
      lanes.add(new Lane(this, loops.next()));
    }
  }

  /**
   * Sends, in turn over the connections. Completes always with a value, missing when there was no
   * answer.
   */
  public CompletableFuture<Answer> send(HttpCall call) {
    return lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size())).send(call);
  }

  ChannelFuture connect(EventLoop loop, Lane lane) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new HttpClientCodec(), new HttpObjectAggregator(MAX_BODY), lane.reader());
              }
            })
        .connect(address);
  }

  String host() {
    return host;
  }

  Duration patience() {
    return patience;
  }

  /** Calls without an answer so far end without one. */
  @Override
  public void close() {
    lanes.forEach(Lane::close);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
