/** One observation a tick, for all who watch. */
@NullMarked
package io.sunchak.server.monitor;

import org.jspecify.annotations.NullMarked;
