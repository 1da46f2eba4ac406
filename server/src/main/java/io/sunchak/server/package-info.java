/** The product: the server a shop runs. */
@NullMarked
package io.sunchak.server;

import org.jspecify.annotations.NullMarked;
