/**
 * Keeps campaigns served: checks what must hold, opens their gates, resyncs what does not agree.
 */
@NullMarked
package io.sunchak.core.serving;

import org.jspecify.annotations.NullMarked;
