/** What is measured: how it is started, reached, read and stopped. */
@NullMarked
package io.sunchak.bench.subject;

import org.jspecify.annotations.NullMarked;
