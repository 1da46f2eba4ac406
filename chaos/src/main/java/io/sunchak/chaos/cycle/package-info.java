/** One cycle from the first request to the verdict, and a run of many. */
@NullMarked
package io.sunchak.chaos.cycle;

import org.jspecify.annotations.NullMarked;
