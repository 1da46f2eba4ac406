@NullMarked
package io.sunchak.lab.web;

import org.jspecify.annotations.NullMarked;
