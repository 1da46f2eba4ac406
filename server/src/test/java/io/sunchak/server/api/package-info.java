@NullMarked
package io.sunchak.server.api;

import org.jspecify.annotations.NullMarked;
