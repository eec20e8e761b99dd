package io.tickformer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files under {@code docker/observability}. */
public final class Observability {
    private static final String FOLDER = "docker/observability/";

    private Observability() {}

    /**
     * An alert of the rules.
     *
     * @param expression in PromQL
     */
    public record Alert(String name, String expression) {}

    /**
     * A panel of the dashboard.
     *
     * @param queries in PromQL, with variables of the dashboard
     */
    public record Panel(String title, List<String> queries) {}

    /** The folder. */
    public static Path folder() {
        return Repository.root().resolve(FOLDER);
    }

    /** The content of a YAML file. */
    public static JsonNode yaml(String file) throws IOException {
        return new YAMLMapper().readTree(Repository.read(FOLDER + file));
    }

    /** The alerts, in the order of the file. */
    public static List<Alert> alerts() throws IOException {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode rule : yaml("rules.yml").get("groups").get(0).get("rules")) {
            alerts.add(new Alert(rule.get("alert").asText(), rule.get("expr").asText()));
        }
        return alerts;
    }

    /** The dashboard. */
    public static JsonNode dashboard() throws IOException {
        return new JsonMapper()
                .readTree(Repository.read(FOLDER + "grafana/dashboards/tickformer.json"));
    }

    /** The panels of the dashboard that show data. */
    public static List<Panel> panels() throws IOException {
        List<Panel> panels = new ArrayList<>();
        for (JsonNode panel : dashboard().get("panels")) {
            if (!panel.get("type").asText().equals("row")) {
                List<String> queries = new ArrayList<>();
                panel.get("targets").forEach(target -> queries.add(target.get("expr").asText()));
                panels.add(new Panel(panel.get("title").asText(), queries));
            }
        }
        return panels;
    }
}
