@NullMarked
package io.sunchak.core.resync;

import org.jspecify.annotations.NullMarked;
