/** The demo: its guests and drops. */
@NullMarked
package io.sunchak.server.demo;

import org.jspecify.annotations.NullMarked;
