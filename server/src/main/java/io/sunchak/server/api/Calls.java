package io.sunchak.server.api;

import io.sunchak.server.api.Routes.Route;
import java.util.List;

/** A part of the API: the calls that one handler answers. */
public interface Calls {
  List<Route> routes();
}
