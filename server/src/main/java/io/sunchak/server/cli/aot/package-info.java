/** The JVM's AOT cache of this build: whether it is used, and how it is trained. */
@NullMarked
package io.sunchak.server.cli.aot;

import org.jspecify.annotations.NullMarked;
