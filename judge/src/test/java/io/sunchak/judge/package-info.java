@NullMarked
package io.sunchak.judge;

import org.jspecify.annotations.NullMarked;
