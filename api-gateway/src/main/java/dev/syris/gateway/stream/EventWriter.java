package dev.syris.gateway.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events (WHATWG HTML, section 9.2). Not thread-safe. */
final class EventWriter {

  private final OutputStream out;

  EventWriter(OutputStream out) {
    this.out = out;
  }

  /** Tells the client how soon to come back, and opens the stream. */
  void open(long retryMillis) throws IOException {
    write("retry: " + retryMillis + "\n\n");
    out.flush();
  }

  void event(long id, String data) throws IOException {
    write("id: " + id + "\ndata: " + oneLine(data) + "\n\n");
  }

  void named(String name, String data) throws IOException {
    write("event: " + name + "\ndata: " + oneLine(data) + "\n\n");
  }

  /** A comment: keeps the connection from looking dead. */
  void heartbeat() throws IOException {
    write(":\n\n");
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Outside of strings JSON may have line breaks, inside it cannot: they mean nothing. */
  private static String oneLine(String json) {
    return json.replace('\n', ' ').replace('\r', ' ');
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
