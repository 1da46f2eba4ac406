/** Half of a cycle. */
@NullMarked
package io.sunchak.embedded.architecture.broken.engine;

import org.jspecify.annotations.NullMarked;
