package io.tickformer.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.console.UserError;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import io.tickformer.testing.TestSpecs;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class SeasonalArgumentsTest {
    /** Its context has 45 ticks. */
    private static final ForecastSpec SPEC = TestSpecs.streaming(60_000, 3, 15, 5, 1, 8, 2, 16);

    private static final int NOTHING_REPEATS = 1;

    @Test
    void byDefaultTheSeasonThatWasFoundLeadsAroundTheNetworkAsOftenAsTheContextHoldsIt() {
        assertThat(path(Preset.STREAMING, 12)).isEqualTo(new SeasonalPath(12, 3));
        assertThat(path(Preset.STREAMING, 2)).isEqualTo(new SeasonalPath(2, 18));
        assertThat(path(Preset.STREAMING, 46)).isNull();
    }

    @Test
    void whereNothingRepeatsTheLastValuesTakeTheSeasonsPlace() {
        assertThat(path(Preset.STREAMING, NOTHING_REPEATS)).isEqualTo(new SeasonalPath(1, 18));
        assertThat(path(Preset.STREAMING, NOTHING_REPEATS, "--seasons=3"))
                .isEqualTo(new SeasonalPath(1, 3));
        assertThat(path(Preset.STREAMING, NOTHING_REPEATS, "--season=none")).isNull();
    }

    @Test
    void otherPresetsHaveAPathOnlyWhereASeasonIsGiven() {
        assertThat(path(Preset.CNN, 12)).isNull();
        assertThat(path(Preset.CNN, 12, "--season=1")).isEqualTo(new SeasonalPath(1, 18));
    }

    @Test
    void seasonsOfNoPathAndASeasonLongerThanTheContextAreRefused() {
        assertThatThrownBy(() -> path(Preset.STREAMING, 12, "--season=none", "--seasons=3"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--season is none, --seasons is 3, and the context has");
        assertThatThrownBy(() -> path(Preset.STREAMING, 12, "--season=46"))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("expected a season that the context holds");
    }

    private static SeasonalPath path(Preset preset, int found, String... options) {
        SeasonalArguments arguments = CommandLine.populateCommand(new SeasonalArguments(), options);
        return arguments.apply(SPEC, preset, () -> found).seasonalPath();
    }
}
