package io.sunchak.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import java.nio.channels.ClosedChannelException;

/**
 * Refuses malformed HTTP with a problem, and closes the connection. Reactor Netty would answer a
 * broken head as a part of the exchange before it, and so not at all while that one is not taken
 * down yet; and it takes a body with broken chunks for a complete one, so that a handler would use
 * half a body. What it refuses for other reasons, with a bare status, becomes a problem here too.
 * One instance for each connection.
 */
final class BrokenHttp extends ChannelDuplexHandler {
  private int unanswered;
  private boolean answering;
  private boolean ended;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (ended) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest) {
      unanswered++;
    }
    Throwable broken = ((DecoderResultProvider) message).decoderResult().cause();
    if (broken == null) {
      context.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
      end(context, status(broken));
    }
  }

  private static HttpResponseStatus status(Throwable broken) {
    return switch (broken) {
      case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
      case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
      default -> HttpResponseStatus.BAD_REQUEST;
    };
  }

  /**
   * Answers only if the client cannot take the answer for that of another request. The connection
   * is closed behind the answers of earlier requests, which may still be in the queue.
   */
  private void end(ChannelHandlerContext context, HttpResponseStatus status) {
    ended = true;
    Object last = Unpooled.EMPTY_BUFFER;
    if (unanswered == 1 && !answering) {
      FullHttpResponse refusal = problem(context, status);
      HttpUtil.setKeepAlive(refusal, false);
      last = refusal;
    }
    var _ = context.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (ended) {
      ReferenceCountUtil.release(message);
      var _ = promise.tryFailure(new ClosedChannelException());
      return;
    }
    Object out = message;
    if (message instanceof HttpResponse response) {
      boolean informs = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (informs) {
        var _ = context.write(message, promise);
        return;
      }
      answering = true;
      out = isBare(response) ? instead(context, response) : message;
    }
    if (message instanceof LastHttpContent) {
      answering = false;
      unanswered--;
    }
    var _ = context.write(out, promise);
  }

  private static boolean isBare(HttpResponse response) {
    return response.status().code() >= 400
        && response instanceof FullHttpResponse whole
        && !whole.content().isReadable()
        && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE);
  }

  private static FullHttpResponse instead(ChannelHandlerContext context, HttpResponse bare) {
    FullHttpResponse problem = problem(context, bare.status());
    HttpUtil.setKeepAlive(problem, HttpUtil.isKeepAlive(bare));
    ReferenceCountUtil.release(bare);
    return problem;
  }

  private static FullHttpResponse problem(ChannelHandlerContext context, HttpResponseStatus bare) {
    Code code = code(bare.code());
    ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), Problem.of(code).json());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code.status()), body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("X-Content-Type-Options", "nosniff");
    return response;
  }

  private static Code code(int status) {
    return switch (status) {
      case 404 -> Code.NOT_FOUND;
      case 413, 414, 431 -> Code.TOO_LARGE;
      default -> status < 500 ? Code.MALFORMED : Code.INTERNAL;
    };
  }
}
