/** One running node: which parts make up which strategy. */
@NullMarked
package io.sunchak.lab.node;

import org.jspecify.annotations.NullMarked;
