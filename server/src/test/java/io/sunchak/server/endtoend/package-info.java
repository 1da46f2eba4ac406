/**
 * The promise from end to end: several nodes, real engines, real processes, kills, and the judge
 * after each.
 */
@NullMarked
package io.sunchak.server.endtoend;

import org.jspecify.annotations.NullMarked;
