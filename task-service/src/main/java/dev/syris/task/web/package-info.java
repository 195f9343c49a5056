/** What the service's own addresses share: strict JSON bodies, and who calls. */
@NullMarked
package dev.syris.task.web;

import org.jspecify.annotations.NullMarked;
