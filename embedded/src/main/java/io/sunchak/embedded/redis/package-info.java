/** The local Redis: which program, how it is configured, how it is started. */
@NullMarked
package io.sunchak.embedded.redis;

import org.jspecify.annotations.NullMarked;
