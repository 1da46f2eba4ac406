package io.sunchak.server.http.direct;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * The request of a direct call while it is being received. Whether it has a body, which is not
 * allowed, is known only at its end, because chunks may be empty.
 */
final class Arrival {
  /** A larger body is not read to its end. */
  private static final int MOST_BODY = 64 * 1024;

  /** What to do after a part was received. */
  enum Next {
    /** Read the next part. */
    WAIT,
    /** Send 100 Continue, which the client waits for, then read the next part. */
    TELL_TO_GO_ON,
    /** The request is complete. */
    DECIDE,
    /**
     * Refuse it and close the connection, because the next bytes may be its body or another
     * request.
     */
    REFUSE
  }

  private final HttpRequest request;
  private int body;

  Arrival(HttpRequest request) {
    this.request = request;
  }

  HttpRequest request() {
    return request;
  }

  boolean hasBody() {
    return body > 0;
  }

  /** Takes the head. */
  Next head() {
    boolean asksFirst = HttpUtil.is100ContinueExpected(request);
    if (HttpUtil.getContentLength(request, 0L) > (asksFirst ? 0 : MOST_BODY)) {
      return Next.REFUSE;
    }
    return asksFirst && HttpUtil.isTransferEncodingChunked(request)
        ? Next.TELL_TO_GO_ON
        : Next.WAIT;
  }

  /** Takes another part; the caller keeps its ownership. */
  Next part(HttpContent content) {
    body += content.content().readableBytes();
    if (content.decoderResult().isFailure() || body > MOST_BODY) {
      return Next.REFUSE;
    }
    return content instanceof LastHttpContent ? Next.DECIDE : Next.WAIT;
  }
}
