@NullMarked
package io.sunchak.server.limits;

import org.jspecify.annotations.NullMarked;
