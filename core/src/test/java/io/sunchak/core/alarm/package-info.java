@NullMarked
package io.sunchak.core.alarm;

import org.jspecify.annotations.NullMarked;
