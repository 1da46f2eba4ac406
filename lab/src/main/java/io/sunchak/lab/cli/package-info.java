/** The command {@code ./sunchak lab}. */
@NullMarked
package io.sunchak.lab.cli;

import org.jspecify.annotations.NullMarked;
