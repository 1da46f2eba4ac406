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
 * Refuses requests that the codec accepts although they are no valid HTTP/1.0 or HTTP/1.1 (RFC
 * 9112, 2.3 and 3.2), or that a proxy and this server may interpret differently: another version,
 * no Host header or two, a target that is neither a path nor a whole address. Such a request is
 * marked as one that could not be decoded. Stateless.
 */
@Sharable
final class HttpRules extends ChannelInboundHandlerAdapter {
  static final HttpRules INSTANCE = new HttpRules();

  private HttpRules() {}

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request
        && request.decoderResult().isSuccess()
        && !(isKept(request.protocolVersion(), request.headers()) && isTarget(request.uri()))) {
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

  /** No path begins otherwise, and a fragment is never sent; WebFlux would drop it. */
  private static boolean isTarget(String target) {
    boolean form =
        target.startsWith("/")
            || target.equals("*")
            || target.regionMatches(true, 0, "http://", 0, 7)
            || target.regionMatches(true, 0, "https://", 0, 8);
    return form && target.indexOf('#') < 0;
  }
}
