/** What the commands share: terminal, errors, exit codes, common arguments. */
package io.tickformer.console;
