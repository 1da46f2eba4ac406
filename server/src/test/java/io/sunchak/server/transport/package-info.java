@NullMarked
package io.sunchak.server.transport;

import org.jspecify.annotations.NullMarked;
