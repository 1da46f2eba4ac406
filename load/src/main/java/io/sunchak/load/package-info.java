/** The HTTP load client, the recorded history, and the drop. */
@NullMarked
package io.sunchak.load;

import org.jspecify.annotations.NullMarked;
