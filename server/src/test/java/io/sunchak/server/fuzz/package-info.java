/**
 * The server under requests and byte streams that a seed makes, beside an issue load. Requests are
 * made from the OpenAPI file, and each answer is held against it.
 */
@NullMarked
package io.sunchak.server.fuzz;

import org.jspecify.annotations.NullMarked;
