/** Half of a cycle. */
@NullMarked
package io.sunchak.embedded.architecture.broken.redis;

import org.jspecify.annotations.NullMarked;
