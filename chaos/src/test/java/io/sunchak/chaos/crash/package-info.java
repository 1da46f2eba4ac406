/** Crash points: the server is killed before and after each of its steps, and the judge decides. */
@NullMarked
package io.sunchak.chaos.crash;

import org.jspecify.annotations.NullMarked;
