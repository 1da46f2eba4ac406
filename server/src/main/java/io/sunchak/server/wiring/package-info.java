/** The wiring: all beans of the server, in one place. */
@NullMarked
package io.sunchak.server.wiring;

import org.jspecify.annotations.NullMarked;
