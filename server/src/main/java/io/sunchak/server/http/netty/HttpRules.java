package io.sunchak.server.http.netty;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;

/**
 * What the codec lets pass though it is no HTTP/1.0 or HTTP/1.1 (RFC 9112, 2.3 and 3.2), and what
 * two servers in a row may read in two ways: another version, no host or two. Such a request goes
 * on as one that could not be decoded. Stateless.
 */
@Sharable
final class HttpRules extends ChannelInboundHandlerAdapter {
  static final HttpRules INSTANCE = new HttpRules();

  private HttpRules() {}

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request
        && request.decoderResult().isSuccess()
        && !isKept(request.protocolVersion(), request.headers())) {
      request.setDecoderResult(
          DecoderResult.failure(new IllegalArgumentException("no HTTP/1.0 or HTTP/1.1")));
    }
    context.fireChannelRead(message);
  }

  private static boolean isKept(HttpVersion version, HttpHeaders headers) {
    Iterator<String> hosts = headers.valueStringIterator(HttpHeaderNames.HOST);
    boolean named = hosts.hasNext();
    if (named) {
      hosts.next();
    }
    return !hosts.hasNext()
        && (version.equals(HttpVersion.HTTP_1_1) ? named : version.equals(HttpVersion.HTTP_1_0));
  }
}
