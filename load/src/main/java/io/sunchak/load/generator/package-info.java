/**
 * Load for measuring: requests made ahead, nothing computed while they are sent, every answer kept.
 * For a few calls that are wanted for their answers there is {@link
 * io.sunchak.load.HttpLoadClient}.
 */
@NullMarked
package io.sunchak.load.generator;

import org.jspecify.annotations.NullMarked;
