@NullMarked
package io.sunchak.load.architecture.broken.client;

import org.jspecify.annotations.NullMarked;
