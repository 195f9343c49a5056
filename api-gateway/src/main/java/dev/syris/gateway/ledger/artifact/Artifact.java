package dev.syris.gateway.ledger.artifact;

import java.time.Instant;

/**
 * A payload as it may be shown.
 *
 * @param artifactId SHA-256 of the payload as kept, in hexadecimal
 */
public record Artifact(String artifactId, Instant createdAt, byte[] bytes) {}
