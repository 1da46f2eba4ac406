/** Limits of requests and connections. */
@NullMarked
package io.sunchak.server.limits;

import org.jspecify.annotations.NullMarked;
