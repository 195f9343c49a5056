/** Settings that more than one service reads. */
@NullMarked
package dev.syris.platform.config;

import org.jspecify.annotations.NullMarked;
