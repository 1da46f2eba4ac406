/**
 * Gives tests one running server, and a client that holds every answer against the OpenAPI file.
 */
@NullMarked
package io.sunchak.server.testing;

import org.jspecify.annotations.NullMarked;
