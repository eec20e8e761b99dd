package io.tickformer.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a setting whose value is never shown: not in messages, not in logs, not on pages. On the
 * command line, which every user of the machine can read, its value must be a reference.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@interface SecretOption {}
