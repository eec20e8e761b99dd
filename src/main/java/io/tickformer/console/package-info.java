/** Shared by all commands: terminal, errors, exit codes, common arguments. */
package io.tickformer.console;
