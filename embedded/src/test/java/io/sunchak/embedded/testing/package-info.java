/** Gives the tests of all modules one shared pair of real engines. */
@NullMarked
package io.sunchak.embedded.testing;

import org.jspecify.annotations.NullMarked;
