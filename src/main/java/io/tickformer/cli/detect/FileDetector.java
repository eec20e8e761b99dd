package io.tickformer.cli.detect;

import io.tickformer.cli.history.ChannelSelection;
import io.tickformer.console.ModelFileReader;
import io.tickformer.console.UserError;
import io.tickformer.evaluation.backtest.ActualEntity;
import io.tickformer.evaluation.replay.RecordReplay;
import io.tickformer.evaluation.replay.ReplayListener;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.TickOutcome;
import io.tickformer.feedback.anomaly.AnomalyScore;
import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import io.tickformer.history.SeriesSummary;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Scores the series of each file, several files at a time. Owns the models: one for each tick
 * length.
 */
final class FileDetector implements AutoCloseable {
    /** Takes the scores of a file. */
    @FunctionalInterface
    interface Receiver {
        void take(Detection detection) throws IOException;
    }

    private final DetectDataArguments data;
    private final FeedbackSettings settings;
    private final byte[] onnx;
    private final ForecastSpec trained;
    private final Map<Long, ForecastModel> models = new TreeMap<>();

    /**
     * Opens the model.
     *
     * @throws UserError if it is no model
     * @throws IOException if the file cannot be read
     */
    FileDetector(DetectDataArguments data, FeedbackSettings settings) throws IOException {
        this.data = data;
        this.settings = settings;
        this.onnx = ModelFileReader.read(data.model());
        ForecastModel model = open(onnx);
        this.trained = model.spec();
        models.put(trained.tickMillis(), model);
    }

    /** The spec of the model as it was trained. */
    ForecastSpec spec() {
        return trained;
    }

    private ForecastModel open(byte[] bytes) {
        try {
            return ForecastModel.open(bytes, ExecutionProvider.CPU);
        } catch (InferenceException | SpecException e) {
            throw new UserError("%s: %s".formatted(data.model(), e.getMessage()), e);
        }
    }

    /** Scores all files and hands them over in their order. */
    void detect(Receiver receiver) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            Queue<Future<Detection>> running = new ArrayDeque<>();
            for (Path file : data.files()) {
                running.add(workers.submit(() -> detect(file)));
                if (running.size() > 2 * threads) {
                    receiver.take(result(running.remove()));
                }
            }
            while (!running.isEmpty()) {
                receiver.take(result(running.remove()));
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static Detection result(Future<Detection> running) throws IOException {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before all files were scored");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException("a file was not scored", cause);
        }
    }

    private Detection detect(Path file) throws IOException {
        StringWriter notes = new StringWriter();
        try (History whole = data.read(file)) {
            History history =
                    ChannelSelection.of(whole, trained.channels(), new PrintWriter(notes));
            long tickMillis = data.tickMillis(file, history, trained);
            ForecastModel model = onTicks(tickMillis);
            List<SeriesDetection> found = new ArrayList<>();
            List<SeriesHistory> rows = history.series();
            List<String> keys = history.summaries().stream().map(SeriesSummary::series).toList();
            Channels channels = Channels.of(trained);
            try (RecordReplay replay = new RecordReplay(model, settings)) {
                for (Channels.Entity entity : channels.entities(keys)) {
                    ActualEntity record =
                            ActualEntity.of(
                                    entity,
                                    channels,
                                    at -> history.ticks(at, model.spec().tickRule()));
                    List<List<AnomalyScore>> scores = scores(replay, record);
                    for (int channel = 0; channel < scores.size(); channel++) {
                        int position = entity.series().get(channel);
                        if (position != Channels.Entity.ABSENT) {
                            found.add(
                                    new SeriesDetection(
                                            rows.get(position), tickMillis, scores.get(channel)));
                        }
                    }
                }
            }
            return new Detection(file, found, notes.toString().lines().toList());
        }
    }

    /** For each channel of a record the scores of the ticks that have a value, in order. */
    private static List<List<AnomalyScore>> scores(RecordReplay replay, ActualEntity record) {
        List<List<AnomalyScore>> scores = new ArrayList<>();
        for (int channel = 0; channel < record.channels().size(); channel++) {
            scores.add(new ArrayList<>());
        }
        replay.run(
                record,
                new ReplayListener() {
                    @Override
                    public void observed(int channel, TickOutcome outcome) {
                        if (outcome.anomaly() != null && !Double.isNaN(outcome.value())) {
                            scores.get(channel).add(outcome.anomaly());
                        }
                    }
                });
        return scores;
    }

    private synchronized ForecastModel onTicks(long tickMillis) {
        return models.computeIfAbsent(tickMillis, length -> open(data.onTicks(onnx, length)));
    }

    @Override
    public synchronized void close() {
        models.values().forEach(ForecastModel::close);
    }
}
