/** Launches one engine and keeps it running. */
@NullMarked
package io.sunchak.embedded.supervisor;

import org.jspecify.annotations.NullMarked;
