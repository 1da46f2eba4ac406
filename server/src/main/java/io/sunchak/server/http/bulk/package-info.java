/** Coupons for a list of users, by an administrator. */
@NullMarked
package io.sunchak.server.http.bulk;

import org.jspecify.annotations.NullMarked;
