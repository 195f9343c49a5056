package dev.syris.task.notice;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.approval.Approvals;
import dev.syris.task.approval.Decider;
import dev.syris.task.decide.DecisionLinks;
import dev.syris.task.notify.NotifySettings;
import dev.syris.task.notify.Targets;
import java.net.URI;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices, and the loop that sends them. */
@Configuration(proxyBeanMethods = false)
public class NoticeConfiguration {

  private final Signal announced = new Signal();

  @Bean
  Notices notices(
      JdbcClient jdbc, Targets targets, IdSource ids, InstantSource clock, Approvals approvals) {
    var notices = new Notices(jdbc, targets, ids, clock, announced::raise);
    approvals.whenAsked(asked -> notices.announce(ApprovalNotice.of(asked)));
    return notices;
  }

  @Bean
  NoticeLetters noticeLetters(
      Decider decider,
      DecisionLinks links,
      @Value("${syris.http.public-url:#{null}}") @Nullable URI publicUrl) {
    return new NoticeLetters(decider, links, publicUrl);
  }

  @Bean
  NoticeLoop noticeLoop(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Targets targets,
      NoticeLetters letters,
      NotifySettings settings,
      IdSource ids,
      InstantSource clock,
      TaskSettings task) {
    var table = new NoticeTable(jdbc);
    var post =
        new NoticePost(
            table,
            transaction,
            targets,
            letters,
            settings,
            ids,
            clock,
            RandomGenerator.getDefault());
    return new NoticeLoop(table, post, targets, clock, task.poll(), announced);
  }

  @Bean
  NoticeProbe noticeProbe(NoticeLoop loop) {
    return new NoticeProbe(loop);
  }
}
