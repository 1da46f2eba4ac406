/** Background loops that survive the exceptions of their rounds. */
@NullMarked
package io.sunchak.core.loop;

import org.jspecify.annotations.NullMarked;
