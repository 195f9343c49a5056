package dev.syris.task.rule;

import dev.syris.contracts.control.Setting;
import dev.syris.contracts.control.SystemStatus;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.rules.setting.SettingReader;
import tools.jackson.databind.node.ObjectNode;

/** Settings as the pipeline is told of them. Pure. */
public final class SettingWords {

  private SettingWords() {}

  /**
   * The level of autonomy.
   *
   * @param version grows with every change
   */
  public static OutboxRecord autonomy(String level, long version) {
    return of(new Setting(SettingReader.AUTONOMY, version, Json.object().put("level", level)));
  }

  /**
   * How the system fares.
   *
   * @param version grows with every change
   */
  public static OutboxRecord systemStatus(SystemStatus status, long version) {
    return of(
        new Setting(
            SettingReader.SYSTEM_STATUS, version, Json.object().put("status", status.wire())));
  }

  public static OutboxRecord quietHours(String name, long version, ObjectNode body) {
    return of(new Setting(SettingReader.QUIET_HOURS + name, version, body));
  }

  /** They are there no more. */
  public static OutboxRecord noQuietHours(String name) {
    return OutboxRecord.tombstone(Topics.CONTROL_SETTING, SettingReader.QUIET_HOURS + name);
  }

  private static OutboxRecord of(Setting setting) {
    return OutboxRecord.of(
        Topics.CONTROL_SETTING, setting.name(), Json.mapper().writeValueAsBytes(setting));
  }
}
