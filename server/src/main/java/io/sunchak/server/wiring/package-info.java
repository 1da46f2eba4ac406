/** What is connected with what, in one place. */
@NullMarked
package io.sunchak.server.wiring;

import org.jspecify.annotations.NullMarked;
