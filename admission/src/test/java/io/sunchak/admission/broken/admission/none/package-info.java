/** Breaks a rule of {@code AdmissionArchitectureTest}. */
@NullMarked
package io.sunchak.admission.broken.admission.none;

import org.jspecify.annotations.NullMarked;
