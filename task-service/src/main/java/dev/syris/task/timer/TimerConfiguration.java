package dev.syris.task.timer;

import dev.syris.task.schedule.Schedules;
import dev.syris.task.tool.ToolProvider;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tools that have to do with time; what they set are schedules. */
@Configuration(proxyBeanMethods = false)
public class TimerConfiguration {

  @Bean
  ToolProvider timerTool(Schedules schedules) {
    return new TimerTool(schedules);
  }

  @Bean
  ToolProvider alarmClockTool(Schedules schedules, @Value("${syris.timezone:}") String zone) {
    return new AlarmClockTool(schedules, zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone));
  }

  @Bean
  ToolProvider scheduleTool(Schedules schedules) {
    return new ScheduleTool(schedules);
  }
}
