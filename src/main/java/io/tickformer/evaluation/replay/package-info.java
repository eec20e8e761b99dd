/** Replays of a history through the model and the feedback of a job. */
package io.tickformer.evaluation.replay;
