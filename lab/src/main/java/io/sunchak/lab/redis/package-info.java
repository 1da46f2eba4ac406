/** The lab's Redis: connections, keys, scripts. */
@NullMarked
package io.sunchak.lab.redis;

import org.jspecify.annotations.NullMarked;
