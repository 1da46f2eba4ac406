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
 * Bounds the unanswered requests of one connection; it has a handler on both sides of the codec.
 * Requests that a client pipelines beyond the bound stay undecoded, and the connection is not read
 * further, so every request is answered and none costs more than its bytes before its turn.
 *
 * <p>It also handles the end of a connection. If a client closes its sending side, its complete
 * requests are answered and then the connection is closed. A final answer before an announced body
 * was received (RFC 9110, 10.1.1) is the last answer of the connection, because the following bytes
 * may be that body or the next request.
 */
final class PipelinedRequests {
  private static final int MOST_REQUESTS = 32;

  /**
   * Bounds the bytes read ahead, and so the requests in them, because a request has at least 18
   * bytes.
   */
  private static final int SLICE = 512;

  private final Bytes bytes = new Bytes();
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private int unanswered;
  private boolean incomplete;
  private boolean announced;
  private boolean feeding;
  private boolean readWanted;
  private boolean readingStopped;
  private @Nullable Object inputEnd;

  private PipelinedRequests() {}

  /** Watches one connection. */
  static PipelinedRequests watch(Channel channel) {
    PipelinedRequests requests = new PipelinedRequests();
    channel
        .pipeline()
        .addBefore(NettyPipeline.HttpCodec, "sunchak.pipelined", requests.bytes)
        .addAfter(NettyPipeline.HttpCodec, "sunchak.exchanges", requests.new Exchanges());
    return requests;
  }

  /** Whether bytes that were received wait until earlier requests are answered. */
  boolean holdsBytes() {
    return !waiting.isEmpty();
  }

  /** Counts a whole request that came past the codec. */
  void received() {
    unanswered++;
  }

  /** Called when the answer to a request was written, also to one that came past the codec. */
  void answered(ChannelFuture written) {
    unanswered--;
    if (isOver()) {
      var _ = written.addListener(ChannelFutureListener.CLOSE);
    } else if (!waiting.isEmpty()) {
      written.channel().eventLoop().execute(bytes::goOn);
    }
  }

  private boolean isOpen() {
    return unanswered < MOST_REQUESTS;
  }

  /**
   * Not while bytes are being decoded, because further requests may follow one that was answered at
   * once.
   */
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
      assert waiting.isEmpty() || !isOpen() : "bytes are held though there is room";
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

    /** Called when an answer was sent: the next requests may be decoded. */
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

    /**
     * A connection must not be read after the end of its input, because Netty's epoll transport
     * fails it then.
     */
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
        // After the last answer, which may still be in the queue.
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
    private boolean last;

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
      ChannelFuture written = context.write(message, promise.unvoid());
      if (last) {
        var _ = written.addListener(ChannelFutureListener.CLOSE);
      }
      answered(written);
    }
  }
}
