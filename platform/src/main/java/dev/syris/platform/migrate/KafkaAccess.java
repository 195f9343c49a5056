package dev.syris.platform.migrate;

import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Who may do what on the broker. What is not in this table is refused. */
final class KafkaAccess {

  static final List<AclBinding> TABLE =
      List.of(
          allow("producer", WRITE, Topics.INBOX),
          //
          allow("ingest", WRITE, Topics.RAW_EVENT),
          allow("ingest", ALL, TRANSACTIONAL_ID, "syris-ingest", PREFIXED),
          //
          allow("pipeline", READ, Topics.INBOX),
          allow("pipeline", READ, Topics.RAW_EVENT),
          allow("pipeline", WRITE, Topics.RAW_EVENT),
          allow("pipeline", WRITE, Topics.EVENT),
          allow("pipeline", WRITE, Topics.ROUTING_DECISION),
          allow("pipeline", WRITE, Topics.TOOL_CALL),
          allow("pipeline", WRITE, Topics.TASK_REQUEST),
          allow("pipeline", WRITE, Topics.AUDIT_EVENT),
          allow("pipeline", WRITE, Topics.DEAD_LETTER),
          allow("pipeline", READ, Topics.CONTROL_RULE),
          allow("pipeline", READ, Topics.CONTROL_SETTING),
          allow("pipeline", READ, Topics.RULE_MATCH),
          allow("pipeline", WRITE, Topics.RULE_MATCH),
          allow("pipeline", WRITE, Topics.RULE_TRIPPED),
          allow("pipeline", ALL, TOPIC, "syris-pipeline", PREFIXED),
          allow("pipeline", ALL, GROUP, "syris-pipeline", PREFIXED),
          allow("pipeline", ALL, TRANSACTIONAL_ID, "syris-pipeline", PREFIXED),
          //
          allow("task", READ, Topics.TOOL_CALL),
          allow("task", READ, Topics.TASK_REQUEST),
          allow("task", READ, Topics.RAW_EVENT), // looks for secrets in clear
          allow("task", WRITE, Topics.RAW_EVENT),
          allow("task", WRITE, Topics.AUDIT_EVENT),
          allow("task", WRITE, Topics.DEAD_LETTER),
          allow("task", WRITE, Topics.CONTROL_RULE),
          allow("task", WRITE, Topics.CONTROL_SETTING),
          allow("task", READ, Topics.RULE_TRIPPED),
          allow("task", ALL, GROUP, "syris-task", PREFIXED),
          allow("task", ALL, TRANSACTIONAL_ID, "syris-task", PREFIXED),
          //
          allow("gateway", READ, Topics.AUDIT_EVENT),
          allow("gateway", READ, Topics.EVENT),
          allow("gateway", READ, Topics.ROUTING_DECISION),
          allow("gateway", READ, Topics.DEAD_LETTER),
          allow("gateway", WRITE, Topics.AUDIT_EVENT),
          allow("gateway", WRITE, Topics.INBOX),
          allow("gateway", WRITE, Topics.RAW_EVENT),
          allow("gateway", WRITE, Topics.TOOL_CALL),
          allow("gateway", WRITE, Topics.TASK_REQUEST),
          allow("gateway", DESCRIBE, TOPIC, "syris.", PREFIXED),
          allow("gateway", DESCRIBE, GROUP, "syris-", PREFIXED),
          allow("gateway", ALL, GROUP, "syris-gateway", PREFIXED),
          allow("gateway", ALL, TRANSACTIONAL_ID, "syris-gateway", PREFIXED));

  private KafkaAccess() {}

  private static AclBinding allow(String principal, AclOperation operation, Topic<?, ?> topic) {
    return allow(principal, operation, TOPIC, topic.name(), LITERAL);
  }

  private static AclBinding allow(
      String principal,
      AclOperation operation,
      ResourceType type,
      String name,
      PatternType pattern) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:" + principal, "*", operation, AclPermissionType.ALLOW));
  }
}
