/** Plans kept by name, to be started with an input. */
@NullMarked
package dev.syris.task.template;

import org.jspecify.annotations.NullMarked;
