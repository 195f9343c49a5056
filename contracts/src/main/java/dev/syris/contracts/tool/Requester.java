package dev.syris.contracts.tool;

/**
 * On whose behalf a call is made.
 *
 * @param type {@code connector}, {@code rule}, {@code task} or {@code token}
 */
public record Requester(String type, String id) {}
