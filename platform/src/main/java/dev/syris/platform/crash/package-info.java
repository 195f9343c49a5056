/**
 * A test aid: named places where a process can be made to end as if it were killed. Inert unless
 * the JVM was started with the system property for it.
 */
@NullMarked
package dev.syris.platform.crash;

import org.jspecify.annotations.NullMarked;
