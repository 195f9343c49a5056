/** The task service: what the system does, and how it never does it twice. */
@NullMarked
package dev.syris.task;

import org.jspecify.annotations.NullMarked;
