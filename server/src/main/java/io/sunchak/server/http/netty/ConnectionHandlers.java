package io.sunchak.server.http.netty;

import io.netty.channel.Channel;
import io.sunchak.server.http.Cors;
import io.sunchak.server.http.issue.IssueChannels;
import io.sunchak.server.limits.ConnectionLimits;
import java.time.Duration;
import reactor.netty.NettyPipeline;

/**
 * What every connection passes before and beside the calls: a gate for pipelined requests, a
 * deadline for each, marks for pages of other origins, and problems for what is no HTTP.
 * Thread-safe.
 */
public final class ConnectionHandlers {
  private final Cors cors;
  private final Duration request;
  private final ConnectionLimits limits;

  /**
   * For all connections of one server.
   *
   * @param request how long it may take to come whole
   */
  public ConnectionHandlers(Cors cors, Duration request, ConnectionLimits limits) {
    this.cors = cors;
    this.request = request;
    this.limits = limits;
  }

  /**
   * Called first, once a connection; one that may not stay is being closed, and to be left alone.
   */
  public boolean admits(Channel channel) {
    return TooManyConnections.admits(limits, channel);
  }

  /** Called once a connection, after {@link IssueChannels#prepare}. */
  public void prepare(Channel channel) {
    if (cors.isConfigured()) {
      channel.pipeline().addAfter(NettyPipeline.HttpCodec, "sunchak.cors", new CorsChannel(cors));
    }
    channel.pipeline().addAfter(NettyPipeline.HttpCodec, "sunchak.rules", HttpRules.INSTANCE);
    RequestGate.watch(channel);
    RequestDeadline.watch(channel, request);
    channel
        .pipeline()
        .addBefore(NettyPipeline.HttpTrafficHandler, "sunchak.broken", new BrokenHttp());
  }
}
