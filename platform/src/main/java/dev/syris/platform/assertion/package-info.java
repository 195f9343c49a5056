/**
 * What the gateway signs and the services demand: who calls, with which scopes, for which method
 * and path.
 */
@NullMarked
package dev.syris.platform.assertion;

import org.jspecify.annotations.NullMarked;
