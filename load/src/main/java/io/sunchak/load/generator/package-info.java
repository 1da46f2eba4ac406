/**
 * The load generator: requests made ahead, nothing computed while they are sent, every answer kept.
 */
@NullMarked
package io.sunchak.load.generator;

import org.jspecify.annotations.NullMarked;
