@NullMarked
package io.sunchak.chaos.proxy;

import org.jspecify.annotations.NullMarked;
