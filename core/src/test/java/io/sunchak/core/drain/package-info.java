/** The drain, tried step by step over in-memory engines. */
@NullMarked
package io.sunchak.core.drain;

import org.jspecify.annotations.NullMarked;
