/** Lists, exports and replays the dead letters of a job. */
package io.tickformer.cli.deadletters;
