/** Finds or unpacks, starts, supervises and stops a local Redis and a local PostgreSQL. */
@NullMarked
package io.sunchak.embedded;

import org.jspecify.annotations.NullMarked;
