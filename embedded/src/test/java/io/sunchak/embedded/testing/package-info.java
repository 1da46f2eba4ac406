/** Gives the tests of all modules one shared pair of real engines, and this one's its tools. */
@NullMarked
package io.sunchak.embedded.testing;

import org.jspecify.annotations.NullMarked;
