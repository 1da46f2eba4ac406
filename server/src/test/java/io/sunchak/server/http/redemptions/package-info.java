@NullMarked
package io.sunchak.server.http.redemptions;

import org.jspecify.annotations.NullMarked;
