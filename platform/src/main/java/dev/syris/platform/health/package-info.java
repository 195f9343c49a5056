/** What a service says about itself. */
@NullMarked
package dev.syris.platform.health;

import org.jspecify.annotations.NullMarked;
