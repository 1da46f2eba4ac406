@NullMarked
package io.sunchak.server.observe;

import org.jspecify.annotations.NullMarked;
