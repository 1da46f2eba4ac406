package io.sunchak.server.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Closes a connection whose request, head and body, is not received in time. Time is measured from
 * the connect for the first request, and from the first read that did not complete it for later
 * ones. Unlike an idle time-out, a byte now and then does not extend it. A request that is received
 * in one read needs no timer.
 */
final class RequestDeadline {
  private final Duration limit;
  private boolean read;
  private boolean decoded;
  private boolean awaitsBody;
  private @Nullable ScheduledFuture<?> end;

  private RequestDeadline(Duration limit) {
    this.limit = limit;
  }

  /** Watches one connection, from both sides of its codec. */
  static void watch(Channel channel, Duration limit) {
    RequestDeadline deadline = new RequestDeadline(limit);
    channel
        .pipeline()
        .addBefore(NettyPipeline.HttpCodec, "sunchak.bytes", deadline.new Bytes())
        .addAfter(NettyPipeline.HttpCodec, "sunchak.messages", deadline.new Messages());
  }

  private void begin(ChannelHandlerContext context) {
    if (end == null) {
      end =
          context
              .executor()
              .schedule(() -> close(context), limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static void close(ChannelHandlerContext context) {
    var _ = context.close();
  }

  private void stop() {
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }

  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      begin(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      read = true;
      context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      if (read && (!decoded || awaitsBody)) {
        begin(context);
      }
      read = false;
      decoded = false;
      context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      stop();
      context.fireChannelInactive();
    }
  }

  private final class Messages extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      decoded = true;
      if (message instanceof HttpRequest) {
        awaitsBody = true;
      }
      if (message instanceof LastHttpContent) {
        awaitsBody = false;
        stop();
      }
      context.fireChannelRead(message);
    }
  }
}
