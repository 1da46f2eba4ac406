/** Free loopback ports, and whether an engine answers on one. */
@NullMarked
package io.sunchak.embedded.loopback;

import org.jspecify.annotations.NullMarked;
