/** What the configuration says about the connectors stimuli come from. */
@NullMarked
package dev.syris.contracts.connector;

import org.jspecify.annotations.NullMarked;
