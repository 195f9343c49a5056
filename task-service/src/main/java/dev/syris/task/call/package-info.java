/**
 * The tool runtime: the only way to a side effect. A pure core decides, a thin shell records, calls
 * and records again.
 */
@NullMarked
package dev.syris.task.call;

import org.jspecify.annotations.NullMarked;
