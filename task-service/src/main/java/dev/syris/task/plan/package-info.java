/**
 * Plans of tasks as people write them: read, checked against the tools there are, and refused with
 * a pointer to each thing that is wrong before anything of them runs.
 */
@NullMarked
package dev.syris.task.plan;

import org.jspecify.annotations.NullMarked;
