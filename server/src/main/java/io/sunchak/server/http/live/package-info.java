/** The live view: server-sent events. */
@NullMarked
package io.sunchak.server.http.live;

import org.jspecify.annotations.NullMarked;
