package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastQuality;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Holds docs/trust.md to the settings, fields and constants that it names. */
class TrustPageTest {
    private static final Pattern SETTING = Pattern.compile("`((?:feedback|sink)\\.[a-z.-]*[a-z])`");
    private static final Pattern FIELD = Pattern.compile("`([a-z]+(?:_[a-z]+)+)`");
    private static final Pattern CONSTANT = Pattern.compile("`([A-Z]+(?:_[A-Z]+)*)`");

    /** Numbers in the evidence of a drift, which is a map. */
    private static final Set<String> EVIDENCE =
            Set.of("usual_share", "error_ratio", "log_likelihood_ratio");

    @Test
    void everySettingThatItNamesExists() throws IOException {
        String options = Repository.read("docs/options.md");
        assertThat(found(SETTING))
                .hasSizeGreaterThan(4)
                .allSatisfy(key -> assertThat(options).contains("| `" + key + "` |"));
    }

    @Test
    void everyFieldThatItNamesStandsInASchema() throws IOException {
        Set<String> fields = new HashSet<>(EVIDENCE);
        for (Schema schema : List.of(Schemas.score(), Schemas.anomaly(), Schemas.event())) {
            schema.getFields().forEach(field -> fields.add(field.name()));
        }
        Schemas.score()
                .getField("steps")
                .schema()
                .getElementType()
                .getFields()
                .forEach(field -> fields.add(field.name()));

        assertThat(found(FIELD)).hasSizeGreaterThan(6).isSubsetOf(fields);
    }

    @Test
    void everyQualityAndEventThatItNamesExists() throws IOException {
        Set<String> names = new HashSet<>();
        for (ForecastQuality each : ForecastQuality.values()) {
            names.add(each.name());
        }
        for (ForecastEventKind each : ForecastEventKind.values()) {
            names.add(each.name());
        }

        assertThat(found(CONSTANT)).hasSizeGreaterThan(3).isSubsetOf(names);
    }

    private static Set<String> found(Pattern pattern) throws IOException {
        Set<String> found = new HashSet<>();
        pattern.matcher(Repository.read("docs/trust.md"))
                .results()
                .map((MatchResult result) -> result.group(1))
                .forEach(found::add);
        return found;
    }
}
