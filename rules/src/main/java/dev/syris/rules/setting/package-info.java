/** What rules may ask about besides the event: the operator's settings. */
@NullMarked
package dev.syris.rules.setting;

import org.jspecify.annotations.NullMarked;
