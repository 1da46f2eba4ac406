/** The command {@code ./sunchak bench}. */
@NullMarked
package io.sunchak.bench.cli;

import org.jspecify.annotations.NullMarked;
