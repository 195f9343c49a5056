package dev.syris.task.call;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The addresses of tool calls. */
@Configuration(proxyBeanMethods = false)
@Import({CallController.class, ResolveController.class})
public class CallConfiguration {}
