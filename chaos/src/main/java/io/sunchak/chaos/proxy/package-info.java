/** A TCP proxy that cuts, delays and loses what passes. */
@NullMarked
package io.sunchak.chaos.proxy;

import org.jspecify.annotations.NullMarked;
