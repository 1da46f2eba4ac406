/** The users of a cycle, and who was told what by which server. */
@NullMarked
package io.sunchak.chaos.history;

import org.jspecify.annotations.NullMarked;
