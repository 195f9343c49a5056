/** The OpenAPI document, which is written by hand and held against the code by tests. */
@NullMarked
package dev.syris.gateway.openapi;

import org.jspecify.annotations.NullMarked;
