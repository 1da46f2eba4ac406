@NullMarked
package io.sunchak.chaos.verdict;

import org.jspecify.annotations.NullMarked;
