/** The experiments as files say them. */
@NullMarked
package io.sunchak.bench.workload;

import org.jspecify.annotations.NullMarked;
