package io.tickformer.cli.explain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.console.PageAssets;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An explanation as a self-contained page and as figures.
 *
 * @param metadata metadata of the model
 * @param source name of the history
 * @param series keys of the explained series
 * @param at time of the explained forecast; empty for evenly spaced windows
 */
record ExplainReport(
        ModelMetadata metadata,
        String source,
        List<String> series,
        String at,
        Explanation explanation) {
    ExplainReport {
        series = List.copyOf(series);
    }

    private static final String RESOURCES = "/io/tickformer/cli/explain/";

    /** Maximum cells on a side of an attention map: more cells would be too small to see. */
    private static final int MOST_CELLS = 56;

    private static final int KEYS_SHOWN = 12;
    private static final int SIGNIFICANT_DIGITS = 4;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The figures as one JSON object. */
    ObjectNode figures(Path output) {
        ForecastSpec spec = metadata.spec();
        ObjectNode figures = MAPPER.createObjectNode();
        figures.put("output", output.toString());
        figures.put("model", metadata.name());
        figures.put("model_version", metadata.version());
        figures.put("context_length", spec.contextLength());
        figures.put("architecture_reach", spec.reach());
        figures.put("windows", explanation.windows());
        ArrayNode steps = figures.putArray("steps");
        explanation.bySteps().keySet().forEach(steps::add);
        putReach(figures, explanation.overall());
        ArrayNode ofSteps = figures.putArray("by_step");
        explanation
                .bySteps()
                .forEach(
                        (step, influence) ->
                                putReach(ofSteps.addObject().put("step", step), influence));
        ArrayNode attention = figures.putArray("attention");
        for (AttentionMap map : explanation.attention()) {
            attention
                    .addObject()
                    .put("place", map.place())
                    .put("head", map.head())
                    .put("mean_ticks_back", map.meanAge() * spec.network().patchLength());
        }
        putNumbers(figures.putArray("influence"), explanation.overall().byAge());
        return figures;
    }

    private static void putReach(ObjectNode to, Influence influence) {
        to.put("ticks_50", influence.ticksHolding(0.5));
        to.put("ticks_90", influence.ticksHolding(0.9));
        to.put("ticks_99", influence.ticksHolding(0.99));
        to.put("furthest_tick", influence.furthest());
    }

    /** The self-contained page. */
    String page() {
        return PageAssets.text(RESOURCES + "explain.html")
                .replace("/*uplot.css*/", PageAssets.text(PageAssets.PLOT_STYLE))
                .replace("/*explain.css*/", PageAssets.text(RESOURCES + "explain.css"))
                .replace("/*uplot.js*/", PageAssets.text(PageAssets.PLOT_SCRIPT))
                .replace("/*explain.js*/", PageAssets.text(RESOURCES + "explain.js"))
                // Replace this last: a series key must not be taken for a placeholder.
                .replace("/*data.json*/", PageAssets.embedded(data().toString()));
    }

    private ObjectNode data() {
        ForecastSpec spec = metadata.spec();
        ObjectNode data = figures(Path.of(""));
        data.remove("output");
        data.put("source", source);
        data.put("series", series.stream().limit(KEYS_SHOWN).collect(Collectors.joining(", ")));
        data.put("at", at);
        data.put("architecture", spec.network().toString());
        data.put("horizon", spec.horizon());
        data.put("patch", spec.network().patchLength());
        data.put("tick_millis", spec.tickMillis());
        data.put("half_life", spec.normalisation().halfLifeTicks());
        ArrayNode lines = data.putArray("lines");
        explanation
                .bySteps()
                .forEach(
                        (step, influence) ->
                                putNumbers(
                                        lines.addObject().put("step", step).putArray("influence"),
                                        influence.byAge()));
        ArrayNode heads = data.putArray("heads");
        for (AttentionMap map : explanation.attention()) {
            ObjectNode head = heads.addObject();
            head.put("place", map.place()).put("head", map.head());
            putNumbers(head.putArray("by_age"), map.byAge());
            ArrayNode cells = head.putArray("cells");
            for (double[] row : coarse(map.weights())) {
                putNumbers(cells.addArray(), row);
            }
        }
        return data;
    }

    /**
     * Weights in at most {@link #MOST_CELLS} rows and columns. A cell is the sum of the weights it
     * covers, averaged over its rows.
     */
    private static List<double[]> coarse(List<double[]> weights) {
        int tokens = weights.size();
        int each = (tokens + MOST_CELLS - 1) / MOST_CELLS;
        int cells = (tokens + each - 1) / each;
        double[][] coarse = new double[cells][cells];
        for (int row = 0; row < tokens; row++) {
            int rowsInCell = Math.min(each, tokens - row / each * each);
            for (int column = 0; column < tokens; column++) {
                coarse[row / each][column / each] += weights.get(row)[column] / rowsInCell;
            }
        }
        return List.of(coarse);
    }

    private static void putNumbers(ArrayNode to, double[] numbers) {
        for (double number : numbers) {
            to.add(rounded(number));
        }
    }

    private static double rounded(double number) {
        if (number == 0) {
            return 0;
        }
        double unit =
                Math.pow(10, SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(Math.abs(number))));
        return Double.isFinite(unit) ? Math.round(number * unit) / unit : number;
    }
}
