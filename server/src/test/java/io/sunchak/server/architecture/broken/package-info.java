/** Classes that each break a rule of the architecture, to show that the rules bite. */
@NullMarked
package io.sunchak.server.architecture.broken;

import org.jspecify.annotations.NullMarked;
