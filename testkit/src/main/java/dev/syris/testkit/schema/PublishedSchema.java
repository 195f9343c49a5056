package dev.syris.testkit.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.syris.contracts.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One schema of {@code docs/schemas}. */
public final class PublishedSchema {

  /** Formats are checked too, such as that a date is one of the calendar. */
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonNode node;
  private final Schema schema;

  private PublishedSchema(JsonNode node) {
    this.node = node;
    this.schema = REGISTRY.getSchema(node);
  }

  /** The schema in {@code <name>.schema.json}. */
  public static PublishedSchema named(String name) {
    return new PublishedSchema(Json.mapper().readTree(PublishedDocuments.schema(name)));
  }

  /** The schema itself. */
  public JsonNode node() {
    return node;
  }

  /** What is wrong with a value; empty where it fits. */
  public List<String> problemsOf(JsonNode value) {
    return schema.validate(value).stream().map(Object::toString).toList();
  }

  /** Where the schema and a record do not say the same; empty where they do. */
  public List<String> differencesFrom(Class<?> type) {
    return new SchemaComparison(node).of(type);
  }
}
