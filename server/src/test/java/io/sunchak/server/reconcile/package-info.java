@NullMarked
package io.sunchak.server.reconcile;

import org.jspecify.annotations.NullMarked;
