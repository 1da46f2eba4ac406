/**
 * The command {@code ./sunchak bench}: measures each way to issue under the same load, and judges
 * each run. Begin at {@code cli.BenchMain}.
 */
@NullMarked
package io.sunchak.bench;

import org.jspecify.annotations.NullMarked;
