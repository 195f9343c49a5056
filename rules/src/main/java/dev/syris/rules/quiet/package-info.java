/** Hours in which less is done without asking. */
@NullMarked
package dev.syris.rules.quiet;

import org.jspecify.annotations.NullMarked;
