@NullMarked
package io.sunchak.server.http.bulk;

import org.jspecify.annotations.NullMarked;
