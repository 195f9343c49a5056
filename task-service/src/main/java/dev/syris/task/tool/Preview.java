package dev.syris.task.tool;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a call would send.
 *
 * @param request as it would be sent, each secret as its reference
 * @param hash of the request's canonical form; the same as that of what is sent
 */
public record Preview(ObjectNode request, String hash) {}
