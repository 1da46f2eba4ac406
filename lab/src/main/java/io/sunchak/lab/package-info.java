/**
 * Five ways to issue first come, first served, side by side, to be run, measured and learned from.
 */
@NullMarked
package io.sunchak.lab;

import org.jspecify.annotations.NullMarked;
