@NullMarked
package io.sunchak.chaos.cycle;

import org.jspecify.annotations.NullMarked;
