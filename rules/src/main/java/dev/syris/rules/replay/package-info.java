/** What a rule would have done: past events through what runs live, with no effect of any kind. */
@NullMarked
package dev.syris.rules.replay;

import org.jspecify.annotations.NullMarked;
