/** Connections: their limits, deadlines, and what is no HTTP. */
@NullMarked
package io.sunchak.server.http.netty;

import org.jspecify.annotations.NullMarked;
