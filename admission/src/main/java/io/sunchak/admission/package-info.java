/**
 * Admission in Redis, in rooms: {@code issue} decides who gets a coupon, by the {@code script}s,
 * over a {@code link} of its own; {@code log} is what the drain and a resync read and write.
 */
@NullMarked
package io.sunchak.admission;

import org.jspecify.annotations.NullMarked;
