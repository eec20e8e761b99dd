package io.tickformer.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a setting whose value is never shown: not in a message, not in a log, not on a page. It is
 * refused on the command line, where every user of the machine can read it, unless it is a
 * reference.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@interface Secret {}
