/** What the bench's packages may know of each other. */
@NullMarked
package io.sunchak.bench.architecture;

import org.jspecify.annotations.NullMarked;
