/** The processes of a run: two engines, two servers, and the links between them. */
@NullMarked
package io.sunchak.chaos.cluster;

import org.jspecify.annotations.NullMarked;
