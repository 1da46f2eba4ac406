package io.sunchak.server.http.issue;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * One issue's request on its way in. It is whole when its end has come: whether it has a body,
 * which it must not have, is only known then, since chunks may be without a byte.
 */
final class Arrival {
  /** More of a body than this is not waited for. */
  private static final int MOST_BODY = 64 * 1024;

  /** What is to be done after a part has come. */
  enum Next {
    /** Read on. */
    WAIT,
    /** Tell the client, who asked first, to go on; then read on. */
    TELL_TO_GO_ON,
    /** It is whole. */
    DECIDE,
    /** Refuse it and end the connection: what comes next may be its body or another request. */
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

  /** After the head. */
  Next head() {
    boolean asksFirst = HttpUtil.is100ContinueExpected(request);
    if (HttpUtil.getContentLength(request, 0L) > (asksFirst ? 0 : MOST_BODY)) {
      return Next.REFUSE;
    }
    return asksFirst && HttpUtil.isTransferEncodingChunked(request)
        ? Next.TELL_TO_GO_ON
        : Next.WAIT;
  }

  /** After another part, which stays the caller's. */
  Next part(HttpContent content) {
    body += content.content().readableBytes();
    if (content.decoderResult().isFailure() || body > MOST_BODY) {
      return Next.REFUSE;
    }
    return content instanceof LastHttpContent ? Next.DECIDE : Next.WAIT;
  }
}
