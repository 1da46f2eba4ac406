@NullMarked
package io.sunchak.bench.result;

import org.jspecify.annotations.NullMarked;
