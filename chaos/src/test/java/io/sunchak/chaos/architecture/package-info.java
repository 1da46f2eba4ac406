/** The arrows of chaos. */
@NullMarked
package io.sunchak.chaos.architecture;

import org.jspecify.annotations.NullMarked;
