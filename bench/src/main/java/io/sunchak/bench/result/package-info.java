/** What a run yields, kept as files. */
@NullMarked
package io.sunchak.bench.result;

import org.jspecify.annotations.NullMarked;
