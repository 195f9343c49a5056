/**
 * What is asked about rules beside reading them: why one did nothing, or what it did, for a past
 * event, and what one would have done in a past time. Nothing here has an effect.
 */
@NullMarked
package dev.syris.gateway.rule;

import org.jspecify.annotations.NullMarked;
