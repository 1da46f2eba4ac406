/**
 * The calls of administrators. A new one is a route in one of these handlers ({@link
 * io.sunchak.server.http.Calls}) or in a new handler that {@code ApiConfiguration} wires; its
 * schema goes into {@code openapi.yaml}.
 */
@NullMarked
package io.sunchak.server.http.admin;

import org.jspecify.annotations.NullMarked;
