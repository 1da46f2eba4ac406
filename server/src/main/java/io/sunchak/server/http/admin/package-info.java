/** What operators read and do. */
@NullMarked
package io.sunchak.server.http.admin;

import org.jspecify.annotations.NullMarked;
