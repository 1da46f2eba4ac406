@NullMarked
package io.sunchak.lab.strategy;

import org.jspecify.annotations.NullMarked;
