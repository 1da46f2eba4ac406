@NullMarked
package io.sunchak.lab;

import org.jspecify.annotations.NullMarked;
