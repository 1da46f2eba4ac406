@NullMarked
package io.sunchak.lab.architecture;

import org.jspecify.annotations.NullMarked;
