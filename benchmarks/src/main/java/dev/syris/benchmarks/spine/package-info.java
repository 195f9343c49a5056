/** Throughput of the topology against a hand-written one that copies bytes to as many topics. */
@NullMarked
package dev.syris.benchmarks.spine;

import org.jspecify.annotations.NullMarked;
