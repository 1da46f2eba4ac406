/** Breaks a rule of {@code AdmissionArchitectureTest}. */
@NullMarked
package io.sunchak.admission.broken.admission.issue;

import org.jspecify.annotations.NullMarked;
