/** The ways to issue, side by side, each named by its mechanism. */
@NullMarked
package io.sunchak.lab.strategy;

import org.jspecify.annotations.NullMarked;
