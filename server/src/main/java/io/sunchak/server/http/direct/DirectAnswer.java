package io.sunchak.server.http.direct;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/** An answer that is written without WebFlux. Immutable, so that it can be sent many times. */
public abstract class DirectAnswer {
  private static final DefaultHttpHeadersFactory TRUSTED =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private static final AsciiString NO_STORE = AsciiString.cached("no-store");
  private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");
  private static final AsciiString CONTENT_TYPE_OPTIONS =
      AsciiString.cached("x-content-type-options");

  private final HttpResponseStatus status;
  private final byte[] body;

  /**
   * An answer.
   *
   * @param body is sent as it is and must not be changed
   */
  protected DirectAnswer(int status, byte[] body) {
    this.status = HttpResponseStatus.valueOf(status);
    this.body = body;
  }

  /** Adds the headers of this answer, except its length; their values are not validated. */
  protected abstract void addTo(HttpHeaders headers);

  /** Adds the headers of an answer that is for one client and this moment only. */
  protected static void addPrivate(HttpHeaders headers) {
    headers.add(HttpHeaderNames.CACHE_CONTROL, NO_STORE).add(CONTENT_TYPE_OPTIONS, NOSNIFF);
  }

  /**
   * Builds the answer for Netty; the caller owns it until it is written.
   *
   * @param version the request's HTTP version: an HTTP/1.0 client needs Connection: keep-alive
   * @param keepAlive whether the connection stays open after it
   */
  final FullHttpResponse toHttp(HttpVersion version, boolean keepAlive) {
    // This response's own headers, since others on the way out add to them.
    HttpHeaders headers = TRUSTED.newHeaders();
    if (status.code() != HttpResponseStatus.NOT_MODIFIED.code()) {
      headers.add(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    }
    addTo(headers);
    if (!keepAlive) {
      headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (!version.isKeepAliveDefault()) {
      headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        status,
        Unpooled.wrappedBuffer(body),
        headers,
        EmptyHttpHeaders.INSTANCE);
  }
}
