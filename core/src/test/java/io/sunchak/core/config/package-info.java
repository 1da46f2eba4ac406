@NullMarked
package io.sunchak.core.config;

import org.jspecify.annotations.NullMarked;
