/** Things the operator keeps by name, with a version: plans of tasks, quiet hours. */
@NullMarked
package dev.syris.task.document;

import org.jspecify.annotations.NullMarked;
