package io.tickformer.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.BrokerProcess;
import io.tickformer.testing.SharedServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(value = 600, unit = TimeUnit.SECONDS)
class TopicHistoryIT {
    private static final String TOPIC = "history-readings";

    @TempDir private Path directory;

    /** Irregular times within each hour, and what the job would send to its dead letters. */
    @Test
    void aModelOfATopicIsTheModelOfAFileOfTheSameData() throws Exception {
        Path file = directory.resolve("readings.csv");
        StringBuilder csv = new StringBuilder("key,time,value\n");
        Path config = directory.resolve("job.yaml");
        BrokerProcess broker = SharedServers.broker();
        try (ObservationProducer producer =
                new ObservationProducer(broker.bootstrapServers(), TOPIC, OutputFormat.json())) {
            for (int i = 0; i < 400; i++) {
                String key = "house" + i % 2;
                long time = 1_600_000_000_000L + 1_800_000L * i + 61_000L * (i % 7);
                String value = String.format(Locale.ROOT, "%.3f", 2 + Math.sin(i / 24.0 * Math.PI));
                send(
                        producer,
                        key,
                        "{\"id\":\"%s\",\"at\":%d,\"load\":%s}".formatted(key, time, value));
                csv.append("%s,%d,%s%n".formatted(key, time, value));
            }
            send(producer, "house0", "no JSON");
            send(producer, "house0", "{\"id\":\"house0\",\"load\":1}");
            producer.flush();
        }
        Files.writeString(file, csv);
        Files.writeString(
                config,
                """
                kafka.bootstrap-servers: %s
                source:
                  format: json
                  key-field: id
                  time-field: at
                  value-fields: load
                sink.format: json
                model.path: none-yet.onnx
                """
                        .formatted(broker.bootstrapServers()));

        Run ofTopic = train("topic", "--topic", TOPIC, "--config", config.toString());
        Run ofFile = train("file", "--data", file.toString());

        assertThat(ofTopic.err)
                .contains(
                        "topic history-readings: left out 2 of 402 records, which the job would send to"
                                + " its dead letters: 1 UNDECODABLE, 1 NO_TIME")
                .contains("2 series from topic history-readings, 402 records; ticks of 3600000 ms");
        assertThat(ofTopic.code).isZero();
        assertThat(ofFile.code).isZero();
        // The fingerprint of the data is part of the file.
        assertThat(ofTopic.model).hasSameBinaryContentAs(ofFile.model);

        Run judged = judge(ofTopic.model, "--topic", TOPIC, "--config", config.toString());
        assertThat(judged.code).as(judged.err).isZero();
        assertThat(judged.err).contains("warning: The model was trained on the whole history");
        assertThat(judged.lastLine)
                .isEqualTo(judge(ofTopic.model, "--data", file.toString()).lastLine);
        Run explained = explain(ofTopic.model, "--topic", TOPIC, "--config", config.toString());
        assertThat(explained.code).as(explained.err).isZero();

        assertThat(train("slip", "--topic", "history-reading", "--config", config.toString()).err)
                .contains("no such topic; did you mean history-readings?");
    }

    private static void send(ObservationProducer producer, String key, String value)
            throws IOException {
        producer.sendRaw(
                key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    private record Run(int code, String err, String lastLine, Path model) {}

    /** In a folder of its own, so that the models have the same name. */
    private Run train(String folder, String... source) {
        Path model = directory.resolve(folder).resolve("load.onnx");
        List<String> arguments = new ArrayList<>(List.of("train", "--output", model.toString()));
        arguments.addAll(List.of("--horizon=4", "--patch=4", "--attention-window=3", "--layers=1"));
        arguments.addAll(List.of("--width=8", "--heads=2", "--steps=5", "--batch=4"));
        return run(model, arguments, source);
    }

    private Run judge(Path model, String... source) {
        return run(
                model,
                List.of("backtest", "--model=" + model, "--baselines=seasonal-naive", "--json"),
                source);
    }

    private Run explain(Path model, String... source) {
        return run(
                model,
                List.of("explain", "--model=" + model, "--output=" + directory.resolve("a.html")),
                source);
    }

    private static Run run(Path model, List<String> first, String... source) {
        List<String> arguments = new ArrayList<>(first);
        arguments.add("--tick=1h");
        arguments.addAll(List.of(source));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        int code = command.execute(arguments.toArray(String[]::new));
        String lastLine = out.toString().lines().reduce("", (before, line) -> line);
        return new Run(code, err.toString(), lastLine, model);
    }
}
