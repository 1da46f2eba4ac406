/** How much one caller may ask, and how many connections there may be. */
@NullMarked
package io.sunchak.server.limits;

import org.jspecify.annotations.NullMarked;
