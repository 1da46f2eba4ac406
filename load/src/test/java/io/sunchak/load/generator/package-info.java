@NullMarked
package io.sunchak.load.generator;

import org.jspecify.annotations.NullMarked;
