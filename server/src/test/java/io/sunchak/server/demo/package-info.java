@NullMarked
package io.sunchak.server.demo;

import org.jspecify.annotations.NullMarked;
