/** Breaks a rule. */
@NullMarked
package io.sunchak.chaos.architecture.broken.chaos.schedule;

import org.jspecify.annotations.NullMarked;
