/** What a report holds. */
@NullMarked
package io.sunchak.bench.report;

import org.jspecify.annotations.NullMarked;
