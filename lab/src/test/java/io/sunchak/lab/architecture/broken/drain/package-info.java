@NullMarked
package io.sunchak.lab.architecture.broken.drain;

import org.jspecify.annotations.NullMarked;
