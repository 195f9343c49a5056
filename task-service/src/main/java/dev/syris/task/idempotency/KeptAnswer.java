package dev.syris.task.idempotency;

import java.util.Map;

/**
 * An answer that was given.
 *
 * @param headers those that belong to what it says
 */
record KeptAnswer(int status, Map<String, String> headers, byte[] body) {}
