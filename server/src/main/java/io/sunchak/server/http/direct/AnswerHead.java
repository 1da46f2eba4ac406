package io.sunchak.server.http.direct;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/**
 * The status of an answer and those of its headers that depend neither on the body nor on the
 * connection. Answers of the same kind share one, because it is written to bytes once. Immutable.
 */
public final class AnswerHead {
  private static final DefaultHttpHeadersFactory TRUSTED =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private static final AsciiString NO_STORE = AsciiString.cached("no-store");
  private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");
  private static final AsciiString CONTENT_TYPE_OPTIONS =
      AsciiString.cached("x-content-type-options");

  private final HttpResponseStatus status;
  private final HttpHeaders headers;
  private final byte[] bytes;

  /**
   * A head.
   *
   * @param headers must not be changed any more
   */
  public AnswerHead(int status, HttpHeaders headers) {
    this.status = HttpResponseStatus.valueOf(status);
    this.headers = headers;
    ByteBuf written = Unpooled.buffer();
    written.writeCharSequence(
        HttpVersion.HTTP_1_1 + " " + this.status + "\r\n", StandardCharsets.US_ASCII);
    write(headers, written);
    this.bytes = ByteBufUtil.getBytes(written);
  }

  /** No headers yet; their values are not validated. */
  public static HttpHeaders noHeaders() {
    return TRUSTED.newHeaders();
  }

  /** The headers of an answer that is for one client and this moment only. */
  public static HttpHeaders privateHeaders(CharSequence contentType) {
    return noHeaders()
        .add(HttpHeaderNames.CONTENT_TYPE, contentType)
        .add(HttpHeaderNames.CACHE_CONTROL, NO_STORE)
        .add(CONTENT_TYPE_OPTIONS, NOSNIFF);
  }

  HttpResponseStatus status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** Status line and header lines, as the HTTP codec writes them. Must not be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Writes header lines as the HTTP codec does. */
  static void write(HttpHeaders headers, ByteBuf to) {
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      to.writeCharSequence(line.getKey(), StandardCharsets.US_ASCII);
      to.writeCharSequence(": ", StandardCharsets.US_ASCII);
      to.writeCharSequence(line.getValue(), StandardCharsets.US_ASCII);
      to.writeCharSequence("\r\n", StandardCharsets.US_ASCII);
    }
  }
}
