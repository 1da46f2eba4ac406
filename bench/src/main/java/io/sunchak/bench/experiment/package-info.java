/** What is done to a target in each kind of experiment. */
@NullMarked
package io.sunchak.bench.experiment;

import org.jspecify.annotations.NullMarked;
