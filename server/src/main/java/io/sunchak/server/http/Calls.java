package io.sunchak.server.http;

import io.sunchak.server.http.Routes.Route;
import java.util.List;

/** The calls that one handler answers. {@link Routes} collects those of all handlers. */
public interface Calls {
  List<Route> routes();
}
