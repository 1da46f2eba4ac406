/** The measuring instrument; here lies only what all of its packages know: how a bench fails. */
@NullMarked
package io.sunchak.bench;

import org.jspecify.annotations.NullMarked;
