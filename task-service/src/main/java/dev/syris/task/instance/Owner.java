package dev.syris.task.instance;

/**
 * This process as the owner of what it starts: the instance's name, and the epoch of this run of
 * it.
 */
public record Owner(String instance, long epoch) {}
