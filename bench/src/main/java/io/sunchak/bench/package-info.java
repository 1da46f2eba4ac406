/** The measuring instrument: one load, one judge, every strategy beside the ceilings. */
@NullMarked
package io.sunchak.bench;

import org.jspecify.annotations.NullMarked;
