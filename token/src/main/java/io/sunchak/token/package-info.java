/** Tokens signed by the shared secret, for the demo, the command line and the load generator. */
@NullMarked
package io.sunchak.token;

import org.jspecify.annotations.NullMarked;
