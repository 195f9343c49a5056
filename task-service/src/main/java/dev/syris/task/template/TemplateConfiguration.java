package dev.syris.task.template;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The addresses of task templates. */
@Configuration(proxyBeanMethods = false)
@Import(TemplateController.class)
public class TemplateConfiguration {}
