@NullMarked
package io.sunchak.load.architecture;

import org.jspecify.annotations.NullMarked;
