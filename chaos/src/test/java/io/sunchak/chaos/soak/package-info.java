@NullMarked
package io.sunchak.chaos.soak;

import org.jspecify.annotations.NullMarked;
