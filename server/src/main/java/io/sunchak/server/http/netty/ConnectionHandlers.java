package io.sunchak.server.http.netty;

import io.netty.channel.Channel;
import io.sunchak.server.http.Cors;
import io.sunchak.server.http.direct.DirectChannel;
import io.sunchak.server.http.direct.DirectChannels;
import io.sunchak.server.limits.ConnectionLimits;
import java.time.Duration;
import reactor.netty.NettyPipeline;

/**
 * Adds the handlers that every connection has: a bound for pipelined requests, a deadline for each
 * request, the bypass around the codec, CORS headers, and problems for malformed HTTP. Thread-safe.
 */
public final class ConnectionHandlers {
  private final Cors cors;
  private final Duration request;
  private final ConnectionLimits limits;

  /**
   * For all connections of one server.
   *
   * @param request the time in which a request must be received completely
   */
  public ConnectionHandlers(Cors cors, Duration request, ConnectionLimits limits) {
    this.cors = cors;
    this.request = request;
    this.limits = limits;
  }

  /**
   * Called first, once per connection. False if the connection is refused: it is being closed and
   * must not be used.
   */
  public boolean admits(Channel channel) {
    return TooManyConnections.admits(limits, channel);
  }

  /** Called once per connection, with its handler that {@link DirectChannels#prepare} has added. */
  public void prepare(Channel channel, DirectChannel direct) {
    if (cors.isConfigured()) {
      channel.pipeline().addAfter(NettyPipeline.HttpCodec, "sunchak.cors", new CorsChannel(cors));
    }
    channel.pipeline().addAfter(NettyPipeline.HttpCodec, "sunchak.rules", HttpRules.INSTANCE);
    PipelinedRequests pipelined = PipelinedRequests.watch(channel);
    RequestDeadline deadline = RequestDeadline.watch(channel, request, pipelined::holdsBytes);
    channel
        .pipeline()
        .addBefore(
            "sunchak.pipelined",
            "sunchak.bypass",
            new CodecBypass(direct, pipelined, deadline, cors))
        .addBefore(NettyPipeline.HttpTrafficHandler, "sunchak.broken", new BrokenHttp());
  }
}
