/** Health and metrics. */
@NullMarked
package io.sunchak.server.operations;

import org.jspecify.annotations.NullMarked;
