/** Breaks a rule of {@code AdmissionArchitectureTest}. */
@NullMarked
package io.sunchak.admission.broken.admission.commit;

import org.jspecify.annotations.NullMarked;
