/** Unpacks the bundled programs, once per version. */
@NullMarked
package io.sunchak.embedded.binaries;

import org.jspecify.annotations.NullMarked;
