@NullMarked
package io.sunchak.simulator.play;

import org.jspecify.annotations.NullMarked;
