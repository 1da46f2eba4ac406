@NullMarked
package io.sunchak.server.codes;

import org.jspecify.annotations.NullMarked;
