package dev.syris.contracts.event;

/** Who caused a stimulus. */
public record Actor(ActorType type, String id) {}
