/**
 * Turns the files of a bench run into a page, pictures and the README's tables. Knows the files,
 * not the runner.
 */
@NullMarked
package io.sunchak.bench.report;

import org.jspecify.annotations.NullMarked;
