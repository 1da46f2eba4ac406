@NullMarked
package io.sunchak.bench.workload;

import org.jspecify.annotations.NullMarked;
