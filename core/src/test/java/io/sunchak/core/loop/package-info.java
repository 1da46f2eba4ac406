@NullMarked
package io.sunchak.core.loop;

import org.jspecify.annotations.NullMarked;
