/** What this node sees of itself: metrics, health, and one observation a tick. */
@NullMarked
package io.sunchak.server.observe;

import org.jspecify.annotations.NullMarked;
