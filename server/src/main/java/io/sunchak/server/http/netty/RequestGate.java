package io.sunchak.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * How much of one connection is inside at once, from both sides of its codec: a bounded number of
 * requests that are not answered. What a client pipelines beyond that waits as bytes, for which the
 * connection is not read further, so every request gets its answer and none costs more than its
 * bytes before its turn.
 *
 * <p>The gate also sees how a connection ends. A client that sends no more gets the answers to what
 * it sent whole, then the connection is closed. A final answer to a body that was announced (RFC
 * 9110, 10.1.1) and did not come is the last one: whether that body still comes cannot be known, so
 * what follows could be it as well as the next request.
 */
public final class RequestGate {
  private static final int MOST_REQUESTS = 32;

  /** Holds no more requests than may be inside beyond the limit: a request has 18 bytes or more. */
  private static final int SLICE = 512;

  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private int unanswered;
  private boolean incomplete;
  private boolean announced;
  private boolean feeding;
  private boolean readWanted;
  private boolean readingStopped;
  private @Nullable Object inputEnd;

  private RequestGate() {}

  /** Watches one connection. */
  static void watch(Channel channel) {
    RequestGate gate = new RequestGate();
    Bytes bytes = gate.new Bytes();
    channel
        .pipeline()
        .addBefore(NettyPipeline.HttpCodec, "sunchak.gate", bytes)
        .addAfter(NettyPipeline.HttpCodec, "sunchak.exchanges", gate.new Exchanges(bytes));
  }

  private boolean isOpen() {
    return unanswered < MOST_REQUESTS;
  }

  /** Not while bytes are decoded: what was answered at once may be followed by further requests. */
  private boolean isOver() {
    return inputEnd != null && !feeding && waiting.isEmpty() && unanswered <= (incomplete ? 1 : 0);
  }

  private final class Bytes extends ChannelDuplexHandler {
    private @Nullable ChannelHandlerContext context;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      this.context = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      if (waiting.isEmpty() && isOpen() && bytes.readableBytes() <= SLICE) {
        context.fireChannelRead(bytes);
      } else {
        waiting.add(bytes);
        feed(context);
      }
    }

    private void feed(ChannelHandlerContext context) {
      if (feeding) {
        return;
      }
      feeding = true;
      while (isOpen() && !waiting.isEmpty()) {
        ByteBuf next = waiting.element();
        if (next.readableBytes() <= SLICE) {
          waiting.remove();
        } else {
          next = next.readRetainedSlice(SLICE);
        }
        context.fireChannelRead(next);
      }
      feeding = false;
      if (!waiting.isEmpty()) {
        stopReading(context.channel().config());
      }
    }

    private void stopReading(ChannelConfig config) {
      if (config.isAutoRead()) {
        config.setAutoRead(false);
        readingStopped = true;
      }
    }

    /** An answer has left: there is room for the next requests. */
    void goOn() {
      ChannelHandlerContext here = context;
      if (here == null || feeding || waiting.isEmpty() || !here.channel().isActive()) {
        return;
      }
      feed(here);
      here.fireChannelReadComplete();
      if (waiting.isEmpty()) {
        readOn(here);
      }
    }

    private void readOn(ChannelHandlerContext here) {
      if (inputEnd != null) {
        end(here, inputEnd);
      } else if (readingStopped) {
        readingStopped = false;
        here.channel().config().setAutoRead(true);
      } else if (readWanted) {
        readWanted = false;
        here.read();
      }
    }

    /** After the end of its input a connection must not be read: Netty's epoll would fail it. */
    @Override
    public void read(ChannelHandlerContext context) {
      if (!waiting.isEmpty()) {
        readWanted = true;
      } else if (inputEnd == null) {
        context.read();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event != ChannelInputShutdownEvent.INSTANCE) {
        context.fireUserEventTriggered(event);
        return;
      }
      inputEnd = event;
      if (waiting.isEmpty()) {
        end(context, event);
      }
    }

    private void end(ChannelHandlerContext context, Object event) {
      context.fireUserEventTriggered(event);
      if (isOver()) {
        // Behind the last answer, which may still be on its way.
        var _ =
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      waiting.forEach(ByteBuf::release);
      waiting.clear();
      context.fireChannelInactive();
    }
  }

  private final class Exchanges extends ChannelDuplexHandler {
    private final Bytes bytes;
    private boolean last;

    Exchanges(Bytes bytes) {
      this.bytes = bytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        unanswered++;
        incomplete = true;
        announced = HttpUtil.is100ContinueExpected(request);
      }
      if (message instanceof LastHttpContent) {
        incomplete = false;
      }
      context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (message instanceof HttpResponse response) {
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
          var _ = context.write(message, promise);
          return;
        }
        last = announced && incomplete && unanswered == 1;
        if (last) {
          HttpUtil.setKeepAlive(response, false);
        }
      }
      if (!(message instanceof LastHttpContent)) {
        var _ = context.write(message, promise);
        return;
      }
      unanswered--;
      ChannelFuture written = context.write(message, promise.unvoid());
      if (last || isOver()) {
        var _ = written.addListener(ChannelFutureListener.CLOSE);
      } else if (!waiting.isEmpty()) {
        context.executor().execute(bytes::goOn);
      }
    }
  }
}
