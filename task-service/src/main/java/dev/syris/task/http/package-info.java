/**
 * Requests to the outside, with secrets put in at the last moment, and the http tool: one request
 * to a host the operator allowed. What is connected to is what was checked. See docs/http-tool.md.
 */
@NullMarked
package dev.syris.task.http;

import org.jspecify.annotations.NullMarked;
