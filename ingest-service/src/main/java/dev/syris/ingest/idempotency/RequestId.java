package dev.syris.ingest.idempotency;

/**
 * Names one request over all its repeats.
 *
 * @param caller id of the token; two tokens never meet in a key
 * @param path where it was sent
 * @param key the client's {@code Idempotency-Key}
 */
public record RequestId(String caller, String path, IdempotencyKey key) {}
