@NullMarked
package io.sunchak.load.architecture.broken.report;

import org.jspecify.annotations.NullMarked;
