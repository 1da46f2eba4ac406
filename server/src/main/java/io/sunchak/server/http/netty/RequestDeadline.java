package io.sunchak.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Closes a connection on which bytes of a request are outstanding for too long, of its head or of
 * its body. Time is measured from the connect for the first request, and from the first read that
 * did not complete it for later ones. Unlike an idle time-out, a byte now and then does not extend
 * it. A request that is received in one read needs no timer, and bytes that the server itself holds
 * back are not outstanding.
 */
final class RequestDeadline {
  private final Duration limit;
  private final BooleanSupplier holds;
  private boolean outstanding;
  private @Nullable ScheduledFuture<?> end;

  private RequestDeadline(Duration limit, BooleanSupplier holds) {
    this.limit = limit;
    this.holds = holds;
  }

  /**
   * Watches one connection, from both sides of its codec.
   *
   * @param holds whether bytes that were received wait before the codec
   */
  static RequestDeadline watch(Channel channel, Duration limit, BooleanSupplier holds) {
    RequestDeadline deadline = new RequestDeadline(limit, holds);
    channel
        .pipeline()
        .addBefore(NettyPipeline.HttpCodec, "sunchak.bytes", deadline.new Bytes())
        .addAfter(NettyPipeline.HttpCodec, "sunchak.messages", deadline.new Messages());
    return deadline;
  }

  /** Whether the codec has got bytes of a request, and not yet all of them. */
  boolean isOutstanding() {
    return outstanding;
  }

  /** Called for a request that was received whole, also for one that came past the codec. */
  void received() {
    outstanding = false;
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }

  private void begin(ChannelHandlerContext context) {
    if (end == null) {
      end =
          context
              .executor()
              .schedule(() -> expire(context), limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void expire(ChannelHandlerContext context) {
    end = null;
    if (holds.getAsBoolean()) {
      begin(context);
    } else {
      var _ = context.close();
    }
  }

  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      begin(context);
    }

    /**
     * Nothing is outstanding if the last byte completed a request. The codec does not tell whether
     * it kept bytes behind a complete request, so the last byte is decoded by itself. A read that
     * ends with a blank line needs no such step: a blank line ends a head, so what follows the last
     * complete request cannot be a part of one.
     */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      int before = bytes.readableBytes() - 1;
      if (before > 0 && !endsWithBlankLine(bytes)) {
        context.fireChannelRead(bytes.readRetainedSlice(before));
      }
      outstanding = true;
      context.fireChannelRead(bytes);
    }

    private static boolean endsWithBlankLine(ByteBuf bytes) {
      int last = bytes.writerIndex() - 1;
      int first = bytes.readerIndex();
      if (last - 1 < first || bytes.getByte(last) != '\n') {
        return false;
      }
      int before = bytes.getByte(last - 1) == '\r' ? last - 2 : last - 1;
      return before >= first && bytes.getByte(before) == '\n';
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      if (outstanding) {
        begin(context);
      }
      context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      received();
      context.fireChannelInactive();
    }
  }

  private final class Messages extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        outstanding = true;
      }
      if (message instanceof LastHttpContent) {
        received();
      }
      context.fireChannelRead(message);
    }
  }
}
