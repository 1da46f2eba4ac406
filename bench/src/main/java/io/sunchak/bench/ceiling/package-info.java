/** What the machine could carry at most, had issuing no rules. */
@NullMarked
package io.sunchak.bench.ceiling;

import org.jspecify.annotations.NullMarked;
