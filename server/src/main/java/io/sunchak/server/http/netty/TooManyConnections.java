package io.sunchak.server.http.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import io.sunchak.server.limits.ConnectionLimits;
import io.sunchak.server.limits.ConnectionLimits.Decision;
import java.nio.charset.StandardCharsets;

/**
 * Refuses a new connection if there are too many: it is answered and closed without being read,
 * before any other handler of the pipeline sees it.
 */
final class TooManyConnections extends ChannelInboundHandlerAdapter {
  private final Problem problem;

  private TooManyConnections(Problem problem) {
    this.problem = problem;
  }

  /** False if the connection is refused; it is then being closed. */
  static boolean admits(ConnectionLimits limits, Channel channel) {
    Decision decision = limits.admit(channel);
    if (decision == Decision.ADMITTED) {
      return true;
    }
    Code code = decision == Decision.TOO_MANY ? Code.OVERLOADED : Code.RATE_LIMITED;
    channel.pipeline().addFirst("sunchak.crowded", new TooManyConnections(Problem.of(code)));
    return false;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    String body = problem.json();
    String answer =
        """
        HTTP/1.1 %d TooManyConnections\r
        Content-Type: %s\r
        Content-Length: %d\r
        Cache-Control: no-store\r
        Retry-After: %s\r
        Connection: close\r
        \r
        %s\
        """
            .formatted(
                problem.code().status(),
                Problem.MEDIA_TYPE,
                body.length(),
                problem.retryAfter(),
                body);
    var _ =
        context
            .writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII))
            .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }
}
