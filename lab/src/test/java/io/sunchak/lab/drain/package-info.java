@NullMarked
package io.sunchak.lab.drain;

import org.jspecify.annotations.NullMarked;
