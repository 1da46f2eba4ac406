/** The domain: campaigns, who may issue, and what an issue can come to. */
@NullMarked
package io.sunchak.core;

import org.jspecify.annotations.NullMarked;
