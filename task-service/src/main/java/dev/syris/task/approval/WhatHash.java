package dev.syris.task.approval;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ToolCallRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;

/** SHA-256 of the RFC 8785 form of {@code {tool, action, args}}, in hexadecimal. Pure. */
final class WhatHash {

  private WhatHash() {}

  static String of(ToolCallRequest request) {
    var what = Json.object().put("tool", request.tool()).put("action", request.action());
    what.set("args", request.args());
    try {
      byte[] form = new JsonCanonicalizer(what.toString()).getEncodedUTF8();
      return HexFormat.of().formatHex(Uuids.sha256().digest(form));
    } catch (IOException e) {
      throw new UncheckedIOException("arguments that were read as JSON are none", e);
    }
  }
}
