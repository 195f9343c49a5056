/** Errors as RFC 9457 problem details. */
@NullMarked
package dev.syris.platform.problem;

import org.jspecify.annotations.NullMarked;
