/** A core in which every rule is broken once. */
@NullMarked
package io.sunchak.core.architecture.broken.core;

import org.jspecify.annotations.NullMarked;
