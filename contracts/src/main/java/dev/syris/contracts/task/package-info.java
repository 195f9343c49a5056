/** Multi-step work as the world sees it: tasks, their steps, and the request that starts one. */
@NullMarked
package dev.syris.contracts.task;

import org.jspecify.annotations.NullMarked;
