/** The HTTP API: handlers, outcomes as answers, problems, strict JSON. */
@NullMarked
package io.sunchak.server.api;

import org.jspecify.annotations.NullMarked;
