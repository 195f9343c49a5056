/**
 * Who may ask for what: Host and Origin, the bearer token, and the scope every address declares.
 */
@NullMarked
package dev.syris.gateway.access;

import org.jspecify.annotations.NullMarked;
