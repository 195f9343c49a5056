/** Figures of the whole program, started as a child process: start, stop, idle, latency. */
@NullMarked
package dev.syris.benchmarks.system;

import org.jspecify.annotations.NullMarked;
