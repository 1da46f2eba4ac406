/** The commands start, token and doctor. */
@NullMarked
package io.sunchak.server.cli;

import org.jspecify.annotations.NullMarked;
