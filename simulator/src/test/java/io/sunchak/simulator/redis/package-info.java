/** What the memory Redis can and a real one cannot show. */
@NullMarked
package io.sunchak.simulator.redis;

import org.jspecify.annotations.NullMarked;
