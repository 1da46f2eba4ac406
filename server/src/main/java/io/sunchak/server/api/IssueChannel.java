package io.sunchak.server.api;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection's short way from the HTTP codec to {@link IssueHandler} and back; all other calls
 * go on to WebFlux. Answers leave in the order of their requests (RFC 9112, 9.3.2): of pipelined
 * requests, one that comes while an earlier one is unanswered on the other way is held, and the
 * connection is not read further, so that no more is held than one read brought. A connection that
 * is closed by the server while an issue is in flight is closed after its answer. All state belongs
 * to the connection's event loop.
 */
final class IssueChannel extends ChannelDuplexHandler {
  private final IssueHandler handler;
  private final AtomicInteger inFlight;
  private final ArrayDeque<Object> held = new ArrayDeque<>();
  private int unansweredElsewhere;
  private boolean issuing;
  private boolean discarding;
  private boolean resuming;
  private boolean readingByItself;
  private @Nullable ChannelPromise closing;

  /**
   * The handler of one connection.
   *
   * @param inFlight issues that all connections wait for
   */
  IssueChannel(IssueHandler handler, AtomicInteger inFlight) {
    this.handler = handler;
    this.inFlight = inFlight;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!held.isEmpty() || !take(context, message)) {
      hold(context, message);
    }
  }

  private void hold(ChannelHandlerContext context, Object message) {
    held.add(message);
    ChannelConfig config = context.channel().config();
    if (config.isAutoRead()) {
      config.setAutoRead(false);
      readingByItself = true;
    }
  }

  /** A request's content may take several reads, each of which somebody must ask for. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (discarding) {
      context.read();
    }
    context.fireChannelReadComplete();
  }

  /**
   * While an issue is unanswered nothing more is read; {@link #resume} makes up for it. When the
   * other side asks for more, it is done with its answer: then what is held may go on.
   */
  @Override
  public void read(ChannelHandlerContext context) {
    if (issuing) {
      return;
    }
    if (held.isEmpty()) {
      context.read();
    } else if (unansweredElsewhere == 0 && !resuming) {
      context.executor().execute(() -> resume(context));
    }
  }

  /** False when the message's turn has not come. */
  private boolean take(ChannelHandlerContext context, Object message) {
    if (discarding) {
      discarding = !(message instanceof LastHttpContent);
      ReferenceCountUtil.release(message);
      return true;
    }
    if (issuing) {
      return false;
    }
    if (message instanceof HttpRequest request) {
      if (handler.takes(request)) {
        return unansweredElsewhere == 0 && begin(context, request);
      }
      unansweredElsewhere++;
    }
    context.fireChannelRead(message);
    return true;
  }

  private boolean begin(ChannelHandlerContext context, HttpRequest request) {
    discarding = true;
    issuing = true;
    inFlight.incrementAndGet();
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    handler
        .answer(request)
        .thenAccept(answer -> {
          if (context.executor().inEventLoop()) {
            answered(context, answer, keepAlive);
          } else {
            context.executor().execute(() -> answered(context, answer, keepAlive));
          }
        });
    return true;
  }

  private void answered(ChannelHandlerContext context, IssueAnswer answer, boolean keepAlive) {
    issuing = false;
    FullHttpResponse response = answer.toHttp(context.alloc());
    ChannelPromise close = closing;
    boolean last = !keepAlive || close != null;
    HttpUtil.setKeepAlive(response, !last);
    ChannelFuture written = context.writeAndFlush(response);
    inFlight.decrementAndGet();
    if (last) {
      ChannelPromise closed = close == null ? context.newPromise() : close;
      var _ =
          written.addListener(done -> {
            var _ = context.close(closed);
          });
    } else {
      resume(context);
    }
  }

  private void resume(ChannelHandlerContext context) {
    if (resuming || issuing) {
      return;
    }
    resuming = true;
    Object next = held.poll();
    while (next != null) {
      if (!take(context, next)) {
        held.addFirst(next);
        break;
      }
      next = held.poll();
    }
    resuming = false;
    context.fireChannelReadComplete();
    if (held.isEmpty() && !issuing) {
      readOn(context);
    }
  }

  private void readOn(ChannelHandlerContext context) {
    if (readingByItself) {
      readingByItself = false;
      context.channel().config().setAutoRead(true);
    }
    // Also when it was switched on meanwhile: that read was held back by us.
    context.read();
  }

  /** What WebFlux answers passes here on its way out. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean answered = message instanceof LastHttpContent && !isInformational(message);
    var _ = context.write(message, promise);
    if (answered) {
      unansweredElsewhere--;
    }
  }

  private static boolean isInformational(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (issuing && context.channel().isActive()) {
      closing = promise;
    } else {
      var _ = context.close(promise);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
    context.fireChannelInactive();
  }
}
