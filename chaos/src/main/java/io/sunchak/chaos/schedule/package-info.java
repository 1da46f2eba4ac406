/** Which faults strike when: decided by the cycle's seed alone. */
@NullMarked
package io.sunchak.chaos.schedule;

import org.jspecify.annotations.NullMarked;
