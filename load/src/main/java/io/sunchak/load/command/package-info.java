/** What the commands {@code drop}, {@code bench} and {@code chaos} have in common. */
@NullMarked
package io.sunchak.load.command;

import org.jspecify.annotations.NullMarked;
