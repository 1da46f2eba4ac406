@NullMarked
package io.sunchak.server.config;

import org.jspecify.annotations.NullMarked;
