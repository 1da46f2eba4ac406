/** What tests of several packages use. */
@NullMarked
package io.sunchak.chaos.testing;

import org.jspecify.annotations.NullMarked;
