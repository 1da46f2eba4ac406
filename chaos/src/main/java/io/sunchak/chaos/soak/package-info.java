/** One cluster for a long time: campaigns in a row, a fault now and then, and what grows. */
@NullMarked
package io.sunchak.chaos.soak;

import org.jspecify.annotations.NullMarked;
