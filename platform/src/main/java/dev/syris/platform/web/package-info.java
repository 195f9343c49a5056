/** The web side every service shares: one JSON mapper, problem details, the assertion filter. */
@NullMarked
package dev.syris.platform.web;

import org.jspecify.annotations.NullMarked;
