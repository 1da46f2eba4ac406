/** Breaks a rule. */
@NullMarked
package io.sunchak.chaos.architecture.broken.chaos.verdict;

import org.jspecify.annotations.NullMarked;
