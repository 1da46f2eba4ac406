/** The data directory: its lock, its secrets, and which engine wrote it. */
@NullMarked
package io.sunchak.embedded.directory;

import org.jspecify.annotations.NullMarked;
