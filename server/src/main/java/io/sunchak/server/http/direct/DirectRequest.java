package io.sunchak.server.http.direct;

import java.util.List;

/** What a direct call reads of a request, however it was decoded. */
public interface DirectRequest {
  /** The method as it was sent. */
  String method();

  /** The target as it stands in the request line. */
  String target();

  /** Whether it says that a body follows, by a length or in chunks. */
  boolean announcesBody();

  /** All values of a header, in the order in which they were sent; case does not count. */
  List<String> headers(String name);
}
