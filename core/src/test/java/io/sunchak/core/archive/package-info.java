@NullMarked
package io.sunchak.core.archive;

import org.jspecify.annotations.NullMarked;
