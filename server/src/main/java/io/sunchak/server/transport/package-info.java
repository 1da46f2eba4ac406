/** The event loops of the HTTP server, and the kernel's interface below them. */
@NullMarked
package io.sunchak.server.transport;

import org.jspecify.annotations.NullMarked;
