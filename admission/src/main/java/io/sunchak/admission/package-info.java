/** Admission in Redis: the reserve script, the issuer that groups requests for it, the log. */
@NullMarked
package io.sunchak.admission;

import org.jspecify.annotations.NullMarked;
