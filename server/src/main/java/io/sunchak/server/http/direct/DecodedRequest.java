package io.sunchak.server.http.direct;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;

/** A request that the HTTP codec has decoded. */
record DecodedRequest(HttpRequest http) implements DirectRequest {
  @Override
  public String method() {
    return http.method().name();
  }

  @Override
  public String target() {
    return http.uri();
  }

  @Override
  public boolean announcesBody() {
    return HttpUtil.getContentLength(http, 0L) > 0 || HttpUtil.isTransferEncodingChunked(http);
  }

  @Override
  public List<String> headers(String name) {
    return http.headers().getAll(name);
  }
}
