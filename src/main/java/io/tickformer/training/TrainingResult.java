package io.tickformer.training;

import java.nio.file.Path;

/**
 * What a training came to. Losses are those that training minimises, in the frames of the tokens;
 * NaN before the first validation.
 *
 * @param end why it ended; if interrupted there is a training snapshot and no model
 * @param output the file of the model
 * @param snapshot the training snapshot
 * @param modelVersion the model's version, a hash of its parameters; empty if interrupted
 * @param parameters number of parameters
 * @param steps steps done
 * @param bestStep the step whose parameters the model has
 * @param loss mean training loss of late
 * @param validationLoss that of the best step
 * @param seconds spent, over all runs
 */
public record TrainingResult(
        TrainingEnd end,
        Path output,
        Path snapshot,
        String modelVersion,
        int parameters,
        long steps,
        long bestStep,
        double loss,
        double validationLoss,
        double seconds) {}
