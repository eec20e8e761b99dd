package io.tickformer.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.annotation.Internal;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.JsonArgument;
import io.tickformer.console.UserError;
import io.tickformer.job.JobConnections;
import io.tickformer.job.JobSettings;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.registry.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer produce}: sends a simulated fleet to a topic of an existing broker. */
@Command(
        name = "produce",
        description =
                "Sends the readings of a simulated fleet of electricity meters, including faulty"
                        + " ones, to a Kafka topic.",
        customSynopsis =
                "tickformer produce --bootstrap-servers=HOST:PORT --registry-url=URL [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class ProduceCommand implements Callable<Integer> {
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);

    @Spec private CommandSpec command;

    @Mixin private ConnectionArguments connection;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Topic to send to; it must exist.")
    private String topic = "observations";

    @Mixin private FleetArguments fleetArguments;

    @Option(
            names = "--ticks",
            paramLabel = "N",
            description = "Number of ticks of one hour to send; by default unlimited.")
    private Long ticks;

    @Option(
            names = "--speed",
            paramLabel = "TICKS",
            defaultValue = "2",
            description = "Ticks per second; 0 for as fast as the broker accepts them.")
    private double speed;

    @Mixin private JsonArgument json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JobSettings settings = JobSettings.forConnecting(connection.given());
        KafkaConnection kafka = JobConnections.kafka(settings);
        check(kafka);
        MeterFleet fleet = fleetArguments.fleet();
        OutputFormat format = OutputFormat.avro(JobConnections.registry(settings));
        long sentTicks = 0;
        long events = 0;
        try (ObservationProducer producer = new ObservationProducer(kafka, topic, format)) {
            FeedPublisher publisher = new FeedPublisher(producer);
            long start = System.nanoTime();
            while (fleet.hasNext() && (ticks == null || sentTicks < ticks)) {
                List<SimulatedRecord> deliveries = fleet.next();
                for (SimulatedRecord delivery : deliveries) {
                    publisher.publish(delivery);
                }
                events += deliveries.size();
                sentTicks++;
                if (speed > 0) {
                    publisher.flush();
                    TimeUnit.NANOSECONDS.sleep(untilNext(start, sentTicks));
                }
            }
            publisher.flush();
        }
        report(sentTicks, events);
        return ExitCodes.OK;
    }

    private void check(KafkaConnection kafka) throws IOException {
        if (ticks != null && ticks < 1) {
            throw new UserError("--ticks is %d; expected at least 1".formatted(ticks));
        }
        if (!(speed >= 0) || speed > 1_000_000) {
            throw new UserError(
                    "--speed is %s; expected 0 to 1000000 ticks a second".formatted(speed));
        }
        try (TopicAdmin topics = new TopicAdmin(kafka, BROKER_PATIENCE)) {
            if (!topics.names().contains(topic)) {
                throw new UserError(
                        "there is no topic %s on %s; create it, or name another with --topic"
                                .formatted(topic, kafka.bootstrapServers()));
            }
        }
    }

    private long untilNext(long start, long sentTicks) {
        return start + (long) (sentTicks / speed * 1e9) - System.nanoTime();
    }

    private void report(long sentTicks, long events) {
        PrintWriter out = command.commandLine().getOut();
        out.printf(
                "%s: %,d events in %,d ticks of %,d meters%n",
                topic, events, sentTicks, fleetArguments.meters());
        if (json.isGiven()) {
            ObjectNode result = new ObjectMapper().createObjectNode();
            result.put("events", events);
            result.put("ticks", sentTicks);
            result.put("series", fleetArguments.meters());
            out.println(result);
        }
        out.flush();
    }
}
