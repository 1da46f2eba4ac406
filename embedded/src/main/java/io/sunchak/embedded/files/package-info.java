/** Files and directories that only their owner can read, and that are on the disk when said so. */
@NullMarked
package io.sunchak.embedded.files;

import org.jspecify.annotations.NullMarked;
