/** Which way the arrows of this module go. */
@NullMarked
package io.sunchak.core.architecture;

import org.jspecify.annotations.NullMarked;
