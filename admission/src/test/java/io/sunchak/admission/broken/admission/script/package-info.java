/** Breaks a rule of {@code AdmissionArchitectureTest}. */
@NullMarked
package io.sunchak.admission.broken.admission.script;

import org.jspecify.annotations.NullMarked;
