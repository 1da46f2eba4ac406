/** What an embedded engine is: how it is run, what it tells, and what goes wrong. */
@NullMarked
package io.sunchak.embedded.engine;

import org.jspecify.annotations.NullMarked;
