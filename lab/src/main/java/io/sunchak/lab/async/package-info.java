/** Completion stages of blocking and of reactive work. */
@NullMarked
package io.sunchak.lab.async;

import org.jspecify.annotations.NullMarked;
