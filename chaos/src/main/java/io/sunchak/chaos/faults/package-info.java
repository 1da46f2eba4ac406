/** What each fault does to the cluster. */
@NullMarked
package io.sunchak.chaos.faults;

import org.jspecify.annotations.NullMarked;
