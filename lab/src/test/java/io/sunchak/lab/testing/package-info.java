@NullMarked
package io.sunchak.lab.testing;

import org.jspecify.annotations.NullMarked;
