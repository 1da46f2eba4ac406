@NullMarked
package io.sunchak.server.http.netty;

import org.jspecify.annotations.NullMarked;
