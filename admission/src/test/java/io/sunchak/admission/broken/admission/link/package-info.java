/** Breaks a rule of {@code AdmissionArchitectureTest}. */
@NullMarked
package io.sunchak.admission.broken.admission.link;

import org.jspecify.annotations.NullMarked;
