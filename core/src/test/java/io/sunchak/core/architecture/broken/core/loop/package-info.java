@NullMarked
package io.sunchak.core.architecture.broken.core.loop;

import org.jspecify.annotations.NullMarked;
