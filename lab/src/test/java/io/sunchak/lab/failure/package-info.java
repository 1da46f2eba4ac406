@NullMarked
package io.sunchak.lab.failure;

import org.jspecify.annotations.NullMarked;
