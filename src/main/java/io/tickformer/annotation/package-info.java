/**
 * Annotations that mark the API: what users may rely on, what is internal, and what may be null.
 */
package io.tickformer.annotation;
