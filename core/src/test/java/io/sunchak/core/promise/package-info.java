@NullMarked
package io.sunchak.core.promise;

import org.jspecify.annotations.NullMarked;
