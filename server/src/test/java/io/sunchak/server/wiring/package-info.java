@NullMarked
package io.sunchak.server.wiring;

import org.jspecify.annotations.NullMarked;
