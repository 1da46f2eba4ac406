/**
 * Calls that bypass WebFlux, because its dispatch would cost more than their answer. {@code
 * DirectChannel} takes them from the codec and gives them to a {@link
 * io.sunchak.server.http.direct.DirectCall}.
 */
@NullMarked
package io.sunchak.server.http.direct;

import org.jspecify.annotations.NullMarked;
