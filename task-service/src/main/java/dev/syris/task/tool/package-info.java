/**
 * What a tool is: its definition, the shape of its arguments, its answers, and the registry tools
 * come to and go from.
 */
@NullMarked
package dev.syris.task.tool;

import org.jspecify.annotations.NullMarked;
