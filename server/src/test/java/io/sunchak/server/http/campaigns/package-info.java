@NullMarked
package io.sunchak.server.http.campaigns;

import org.jspecify.annotations.NullMarked;
