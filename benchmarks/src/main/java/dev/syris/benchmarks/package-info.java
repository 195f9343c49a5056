/** Figures with their comparisons, taken in the same run. */
@NullMarked
package dev.syris.benchmarks;

import org.jspecify.annotations.NullMarked;
