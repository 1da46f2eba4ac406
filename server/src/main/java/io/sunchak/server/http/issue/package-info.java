/** The hot call: a user asks for a coupon. */
@NullMarked
package io.sunchak.server.http.issue;

import org.jspecify.annotations.NullMarked;
