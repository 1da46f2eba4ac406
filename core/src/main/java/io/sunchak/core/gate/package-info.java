/** A node's own gate to the reserve script, and how to ask for a check of a campaign. */
@NullMarked
package io.sunchak.core.gate;

import org.jspecify.annotations.NullMarked;
