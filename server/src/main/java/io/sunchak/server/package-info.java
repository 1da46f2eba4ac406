/**
 * The product: the server. Begin at {@code wiring.ServerConfiguration}, which connects all parts.
 */
@NullMarked
package io.sunchak.server;

import org.jspecify.annotations.NullMarked;
