package io.tickformer.lab.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.lab.plan.FleetNeeds.Compute;
import io.tickformer.lab.plan.FleetNeeds.Traffic;
import java.util.List;

/** A plan as one JSON object. */
final class PlanJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlanJson() {}

    static ObjectNode of(FleetInputs inputs, FleetNeeds needs, List<String> assumptions) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("series", inputs.series());
        json.put("tickMillis", inputs.tick().toMillis());
        json.put("forecastsPerSecond", needs.forecastsPerSecond());
        put(json, needs.compute());
        if (inputs.cores() > 0) {
            json.put("givenCores", inputs.cores());
            json.put("load", needs.load());
        }
        json.put("cacheBytesForAll", needs.cacheBytesForAll());
        json.put("cacheBytesPerSeries", inputs.costs().cacheBytes());
        json.put("stateBytes", needs.stateBytes());
        json.put("stateBytesPerSeries", inputs.costs().stateBytes());
        json.put("checkpointBytesPerSecond", needs.checkpointBytesPerSecond());
        json.put("incrementalCheckpointBytesPerSecond", needs.incrementalBytesPerSecond());
        json.set("input", traffic(needs.input(), inputs.inputBytes()));
        json.set("output", traffic(needs.output(), inputs.forecastBytes()));
        json.put("partitions", needs.partitions());
        ArrayNode choices = json.putArray("choices");
        needs.choices().forEach(choice -> put(choices.addObject(), choice));
        json.put("stepMicros", inputs.costs().stepMicros());
        json.put("prefillMicros", inputs.costs().prefillMicros());
        json.put("jobMicros", inputs.costs().jobMicros());
        ArrayNode words = json.putArray("assumptions");
        assumptions.forEach(words::add);
        return json;
    }

    private static void put(ObjectNode json, Compute compute) {
        json.put("cacheBytes", compute.cacheBytes());
        json.put("hitRate", compute.hitRate());
        json.put("microsPerForecast", compute.micros());
        json.put("cores", compute.cores());
        json.put("slots", compute.slots());
        json.put("taskManagers", compute.taskManagers());
    }

    private static ObjectNode traffic(Traffic traffic, int recordBytes) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("recordsPerSecond", traffic.recordsPerSecond());
        json.put("recordBytes", recordBytes);
        json.put("bytesPerSecond", traffic.bytesPerSecond());
        return json;
    }
}
