@NullMarked
package io.sunchak.bench.experiment;

import org.jspecify.annotations.NullMarked;
