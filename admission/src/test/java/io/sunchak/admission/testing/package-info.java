/** What the tests of several rooms share: a Redis to treat badly, and campaigns put by hand. */
@NullMarked
package io.sunchak.admission.testing;

import org.jspecify.annotations.NullMarked;
