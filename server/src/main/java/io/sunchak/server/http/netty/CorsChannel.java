package io.sunchak.server.http.netty;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sunchak.server.http.Cors;
import java.util.ArrayDeque;

/**
 * Adds CORS headers to all answers of one connection, whether of WebFlux, of the hot call or of the
 * codec. It relies on answers being sent in the order of their requests.
 */
final class CorsChannel extends ChannelDuplexHandler {
  private static final String NONE = "";

  private final Cors cors;
  private final ArrayDeque<String> origins = new ArrayDeque<>();

  CorsChannel(Cors cors) {
    this.cors = cors;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      origins.add(request.headers().get(HttpHeaderNames.ORIGIN, NONE));
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse answer
        && answer.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      cors.mark(answer.headers(), origins.poll());
    }
    var _ = context.write(message, promise);
  }
}
