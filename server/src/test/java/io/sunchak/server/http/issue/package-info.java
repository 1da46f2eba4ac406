@NullMarked
package io.sunchak.server.http.issue;

import org.jspecify.annotations.NullMarked;
