@NullMarked
package io.sunchak.lab.architecture.broken.strategy;

import org.jspecify.annotations.NullMarked;
