@NullMarked
package io.sunchak.alarm;

import org.jspecify.annotations.NullMarked;
