package io.tickformer.cli.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.training.RunSummary;
import io.tickformer.training.StopReason;
import io.tickformer.training.TrainingResult;
import io.tickformer.training.ValidationScores;
import java.nio.file.Path;

/** Results of a training as JSON. */
final class TrainingFigures {
    private TrainingFigures() {}

    static ObjectNode of(TrainingResult result, Path card) {
        RunSummary run = result.run();
        ObjectNode figures = new ObjectMapper().createObjectNode();
        figures.put("output", result.output().toString());
        figures.put("card", card.toString());
        figures.put("model_version", result.modelVersion());
        figures.put("parameters", result.parameters());
        figures.put("seed", run.seed());
        figures.put("steps", run.steps());
        figures.put("best_step", run.bestStep());
        figures.put("stopped_early", run.stopReason() == StopReason.STOPPED_EARLY);
        figures.put("validations", run.curve().size());
        figures.put("selected_by", result.metric().toString());
        figures.put("loss", run.loss());
        putScores(figures, result.validation());
        figures.put("seconds", result.seconds());
        figures.put("combined", result.combination().toString());
        ArrayNode seeds = figures.putArray("seeds");
        for (RunSummary one : result.runs()) {
            ObjectNode figuresOfOne = seeds.addObject();
            figuresOfOne.put("seed", one.seed());
            figuresOfOne.put("steps", one.steps());
            figuresOfOne.put("best_step", one.bestStep());
            putScores(figuresOfOne, one.validation());
            figuresOfOne.put("seconds", one.seconds());
        }
        return figures;
    }

    private static void putScores(ObjectNode figures, ValidationScores scores) {
        figures.put("validation_loss", scores.loss());
        figures.put("validation_pinball", scores.pinball());
        figures.put("validation_mse", scores.mse());
        figures.put("validation_mae", scores.mae());
        figures.put("validation_mse_of_mean", scores.mseOfMean());
        figures.put("validation_mae_of_mean", scores.maeOfMean());
    }
}
