/** Handlers of connections: limits, deadlines, CORS, and malformed HTTP. */
@NullMarked
package io.sunchak.server.http.netty;

import org.jspecify.annotations.NullMarked;
