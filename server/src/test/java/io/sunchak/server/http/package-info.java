@NullMarked
package io.sunchak.server.http;

import org.jspecify.annotations.NullMarked;
