package dev.syris.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;

/**
 * Looks for canaries everywhere a running program keeps or says something, as the administrator of
 * its broker and the owner of its database. Each method returns the places where one was found, and
 * fails where there was nothing to look at.
 */
final class CanarySearch {

  private static final int CHUNK = 1 << 20;
  private static final int OVERLAP = 1 << 10;

  private final SyrisProcess syris;
  private final List<Canary> canaries;

  CanarySearch(SyrisProcess syris, Canary... canaries) {
    this.syris = syris;
    this.canaries = List.of(canaries);
  }

  private boolean sings(String text) {
    return canaries.stream().anyMatch(canary -> canary.in(text));
  }

  private boolean sings(byte[] bytes) {
    return bytes != null && canaries.stream().anyMatch(canary -> canary.in(bytes));
  }

  /** Every record of every topic, those of the broker itself and aborted ones among them. */
  List<String> topics() throws IOException {
    var config = KafkaClients.as(syris, "admin");
    config.put("isolation.level", "read_uncommitted");
    config.put("exclude.internal.topics", "false");
    var found = new ArrayList<String>();
    int seen = 0;
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofSeconds(1))) {
          seen++;
          if (sings(one)) {
            found.add(one.topic() + "-" + one.partition() + "@" + one.offset());
          }
        }
      }
    }
    return some("records", seen, found);
  }

  private boolean sings(ConsumerRecord<byte[], byte[]> one) {
    return sings(one.key())
        || sings(one.value())
        || Stream.of(one.headers().toArray()).anyMatch(header -> sings(header.value()));
  }

  /** Every row of every table of every schema, as text. */
  List<String> tables() throws Exception {
    var found = new ArrayList<String>();
    int seen = 0;
    try (Connection owner = owner(syris);
        var sql = owner.createStatement()) {
      var tables = new ArrayList<String>();
      try (var names =
          sql.executeQuery(
              """
              select format('%I.%I', schemaname, tablename) from pg_tables
               where schemaname not in ('pg_catalog', 'information_schema')
              """)) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      for (String table : tables) {
        try (var rows = sql.executeQuery("select t::text from " + table + " t")) {
          while (rows.next()) {
            seen++;
            if (sings(rows.getString(1))) {
              found.add(table);
            }
          }
        }
      }
    }
    return some("rows", seen, found);
  }

  static Connection owner(SyrisProcess syris) throws Exception {
    String port = syris.file("ports.properties").getProperty("postgres");
    String password = syris.file("credentials.properties").getProperty("postgres.syris_owner");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/syris", "syris_owner", password);
  }

  /**
   * Every file of the data folder: what the program printed, logs, the segments of the broker, the
   * files and the write-ahead log of the database.
   */
  List<String> files() throws IOException {
    var found = new ArrayList<String>();
    int seen = 0;
    try (var files = Files.walk(syris.folder())) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file)) {
          seen++;
          if (singsIn(file)) {
            found.add(syris.folder().relativize(file).toString());
          }
        }
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e;
      }
    }
    return some("files", seen, found);
  }

  private boolean singsIn(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] buffer = new byte[CHUNK];
      int kept = 0;
      int read;
      while ((read = in.readNBytes(buffer, kept, CHUNK - kept)) > 0) {
        int filled = kept + read;
        if (sings(new String(buffer, 0, filled, StandardCharsets.ISO_8859_1))) {
          return true;
        }
        kept = Math.min(OVERLAP, filled);
        System.arraycopy(buffer, filled - kept, buffer, 0, kept);
      }
      return false;
    } catch (NoSuchFileException _) { // it has gone meanwhile
      return false;
    }
  }

  /** Every address of the description that needs no id, and each artifact the trail names. */
  List<String> responses() throws Exception {
    Http http = syris.http();
    var found = new ArrayList<String>();
    JsonNode paths = http.get("/openapi.json").json().path("paths");
    List<String> addresses =
        new ArrayList<>(
            paths.propertyNames().stream()
                .filter(path -> paths.path(path).has("get"))
                .filter(path -> !path.contains("{") && !path.equals("/stream"))
                .toList());
    int seen = 0;
    for (String address : addresses) {
      Http.Answer answer = http.get(address);
      if (answer.status() == 200) {
        seen++;
        boolean list = answer.contentType().contains("json") && answer.json().has("next_cursor");
        if (list ? sings(http.all(address).toString()) : sings(answer.bytes())) {
          found.add(address);
        }
      }
    }
    for (JsonNode item : http.all("/audit")) {
      String payload = item.path("payload_ref").asString("");
      if (!payload.isEmpty() && sings(http.get("/artifacts/" + payload).bytes())) {
        found.add("/artifacts/" + payload);
      }
    }
    return some("responses", seen, found);
  }

  /** What a running Java tells whoever asks: threads, properties, its command line. */
  List<String> dumps() throws Exception {
    var found = new ArrayList<String>();
    for (String what :
        List.of("Thread.print -l -e", "VM.system_properties", "VM.command_line", "VM.info")) {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
      command.add(Long.toString(syris.pid()));
      command.addAll(List.of(what.split(" ")));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      byte[] dump = process.getInputStream().readAllBytes();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      some(what, ended && process.exitValue() == 0 ? dump.length : 0, found);
      if (sings(dump)) {
        found.add(what);
      }
    }
    return found;
  }

  private static List<String> some(String what, int seen, List<String> found) {
    if (seen == 0) {
      throw new AssertionError("there were no " + what + " to look at");
    }
    return found;
  }
}
