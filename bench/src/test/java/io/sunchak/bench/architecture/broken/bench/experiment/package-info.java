/** Breaks a rule, to show that it bites. */
@NullMarked
package io.sunchak.bench.architecture.broken.bench.experiment;

import org.jspecify.annotations.NullMarked;
