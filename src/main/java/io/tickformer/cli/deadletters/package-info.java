/** Looks at the dead letters of a job, and puts them back once they or their cause are repaired. */
package io.tickformer.cli.deadletters;
