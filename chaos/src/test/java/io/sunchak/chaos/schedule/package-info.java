@NullMarked
package io.sunchak.chaos.schedule;

import org.jspecify.annotations.NullMarked;
