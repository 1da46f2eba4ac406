/** Breaks a rule, to show that it bites. */
@NullMarked
package io.sunchak.bench.architecture.broken.bench.result;

import org.jspecify.annotations.NullMarked;
