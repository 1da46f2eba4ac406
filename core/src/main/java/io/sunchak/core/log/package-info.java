/** The ports to Redis besides the reserve script: the log and the campaign's keys. */
@NullMarked
package io.sunchak.core.log;

import org.jspecify.annotations.NullMarked;
