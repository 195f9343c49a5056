/** What rules cost: finding those an event meets, and the spine with many of them. */
@NullMarked
package dev.syris.benchmarks.rule;

import org.jspecify.annotations.NullMarked;
