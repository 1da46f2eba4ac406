/** A node's gate per campaign before the reserve script, and the request to check a campaign. */
@NullMarked
package io.sunchak.core.gate;

import org.jspecify.annotations.NullMarked;
