/** What a drain could not issue: told, kept, tried again. */
@NullMarked
package io.sunchak.lab.failure;

import org.jspecify.annotations.NullMarked;
