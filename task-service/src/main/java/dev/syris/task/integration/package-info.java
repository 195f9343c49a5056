/**
 * How tools and the ways outside they go have fared, and which of them the operator has disabled.
 */
@NullMarked
package dev.syris.task.integration;

import org.jspecify.annotations.NullMarked;
