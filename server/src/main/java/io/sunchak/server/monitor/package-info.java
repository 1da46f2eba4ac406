/** Makes one observation per tick, for all viewers, alarms and metrics. */
@NullMarked
package io.sunchak.server.monitor;

import org.jspecify.annotations.NullMarked;
