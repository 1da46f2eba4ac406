/** Who may do what: tokens and roles. */
@NullMarked
package io.sunchak.server.security;

import org.jspecify.annotations.NullMarked;
