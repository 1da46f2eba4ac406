/** The report: the page that the dashboard's workspace builds, with a bench's results in it. */
@NullMarked
package io.sunchak.bench.report;

import org.jspecify.annotations.NullMarked;
