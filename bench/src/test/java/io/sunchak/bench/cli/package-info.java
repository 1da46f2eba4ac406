@NullMarked
package io.sunchak.bench.cli;

import org.jspecify.annotations.NullMarked;
