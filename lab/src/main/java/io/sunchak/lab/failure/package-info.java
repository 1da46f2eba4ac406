/** What a drain could not issue: reported, kept, retried. */
@NullMarked
package io.sunchak.lab.failure;

import org.jspecify.annotations.NullMarked;
