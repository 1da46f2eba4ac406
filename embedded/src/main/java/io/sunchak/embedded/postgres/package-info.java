/** The local PostgreSQL: its cluster, its roles, how it is started. */
@NullMarked
package io.sunchak.embedded.postgres;

import org.jspecify.annotations.NullMarked;
