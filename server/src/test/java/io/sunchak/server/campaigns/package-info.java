@NullMarked
package io.sunchak.server.campaigns;

import org.jspecify.annotations.NullMarked;
