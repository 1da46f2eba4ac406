/** Breaks a rule. */
@NullMarked
package io.sunchak.chaos.architecture.broken.chaos.faults;

import org.jspecify.annotations.NullMarked;
