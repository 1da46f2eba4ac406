package io.sunchak.server.http.direct;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * An answer that is written without WebFlux, and without the HTTP codec if its request came past
 * it. Both ways write the same bytes. Immutable, so that it can be sent many times.
 */
public class DirectAnswer {
  private static final byte[] BLANK_LINE = ascii("\r\n");
  private static final byte[] CLOSE = ascii("connection: close\r\n");

  private final AnswerHead head;

  /** The whole answer on a connection that stays open. */
  private final byte[] bytes;

  /** Where the blank line begins, before which further headers are inserted. */
  private final int blankLine;

  /** An answer with this body, which is sent as it is. */
  public DirectAnswer(AnswerHead head, byte[] body) {
    this.head = head;
    byte[] length =
        hasLength(head) ? ascii("content-length: " + body.length + "\r\n") : new byte[0];
    this.blankLine = head.bytes().length + length.length;
    ByteBuf whole =
        Unpooled.wrappedBuffer(new byte[blankLine + BLANK_LINE.length + body.length]).clear();
    whole.writeBytes(head.bytes()).writeBytes(length).writeBytes(BLANK_LINE).writeBytes(body);
    this.bytes = whole.array();
  }

  private static boolean hasLength(AnswerHead head) {
    return head.status().code() != HttpResponseStatus.NOT_MODIFIED.code();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Builds the answer as bytes for a client that speaks HTTP/1.1; the caller owns them.
   *
   * @param last whether the connection is closed after it
   * @param added further headers
   */
  public final ByteBuf toBytes(ByteBufAllocator allocator, boolean last, HttpHeaders added) {
    ByteBuf whole = allocator.ioBuffer(bytes.length);
    if (!last && added.isEmpty()) {
      return whole.writeBytes(bytes);
    }
    whole.writeBytes(bytes, 0, blankLine);
    if (last) {
      whole.writeBytes(CLOSE);
    }
    AnswerHead.write(added, whole);
    return whole.writeBytes(bytes, blankLine, bytes.length - blankLine);
  }

  /**
   * Builds the answer for the HTTP codec; the caller owns it until it is written.
   *
   * @param version the request's HTTP version: an HTTP/1.0 client needs Connection: keep-alive
   * @param keepAlive whether the connection stays open after it
   */
  final FullHttpResponse toHttp(HttpVersion version, boolean keepAlive) {
    // This response's own headers, since others on the way out add to them.
    HttpHeaders headers = head.headers().copy();
    int body = blankLine + BLANK_LINE.length;
    if (hasLength(head)) {
      headers.add(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length - body));
    }
    if (!keepAlive) {
      headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (!version.isKeepAliveDefault()) {
      headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        head.status(),
        Unpooled.wrappedBuffer(bytes, body, bytes.length - body),
        headers,
        EmptyHttpHeaders.INSTANCE);
  }
}
