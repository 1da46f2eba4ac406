@NullMarked
package io.sunchak.chaos.faults;

import org.jspecify.annotations.NullMarked;
