/**
 * How the whole system is: what a stranger may know, what a reader may know, and numbers for
 * Prometheus.
 */
@NullMarked
package dev.syris.gateway.health;

import org.jspecify.annotations.NullMarked;
