@NullMarked
package io.sunchak.core.serving;

import org.jspecify.annotations.NullMarked;
