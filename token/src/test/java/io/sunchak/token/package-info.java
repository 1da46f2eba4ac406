@NullMarked
package io.sunchak.token;

import org.jspecify.annotations.NullMarked;
