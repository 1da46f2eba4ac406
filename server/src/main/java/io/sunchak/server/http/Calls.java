package io.sunchak.server.http;

import io.sunchak.server.http.Routes.Route;
import java.util.List;

/** A part of the API: the calls that one handler answers. */
public interface Calls {
  List<Route> routes();
}
