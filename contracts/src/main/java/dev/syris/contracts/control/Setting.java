package dev.syris.contracts.control;

import tools.jackson.databind.node.ObjectNode;

/**
 * One thing the operator has set, as the pipeline is told of it.
 *
 * @param name {@code autonomy}, {@code system_status}, or {@code quiet_hours.} and the name of them
 * @param version counts its changes
 * @param value {@code {"level": "A2"}}, {@code {"status": "healthy"}}, or the quiet hours
 */
public record Setting(String name, long version, ObjectNode value) {}
