package io.tickformer.spec;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.annotation.Public;
import io.tickformer.event.TickMeaning;
import java.util.List;

/** Builds a {@link ForecastSpec} value by value; the components are described there. */
@Public
public final class ForecastSpecBuilder {
    private int formatVersion = ForecastSpec.FORMAT_VERSION;
    private long tickMillis;
    private int contextLength;
    private int horizon;
    private List<Double> quantileLevels = ForecastSpec.DEFAULT_QUANTILE_LEVELS;
    private Normalisation normalisation = Normalisation.DEFAULT;
    private List<CalendarFeature> calendarFeatures = List.of();
    private Architecture architecture;
    private SeasonalPath seasonalPath;
    private List<String> channels = List.of();
    private String calendarZone;
    private TickMeaning tickMeaning = TickMeaning.DEFAULT;
    private AcceptedTickMeanings tickFit = AcceptedTickMeanings.OWN;

    ForecastSpecBuilder() {}

    ForecastSpecBuilder(ForecastSpec spec) {
        this.formatVersion = spec.formatVersion();
        this.tickMillis = spec.tickMillis();
        this.contextLength = spec.contextLength();
        this.horizon = spec.horizon();
        this.quantileLevels = spec.quantileLevels();
        this.normalisation = spec.normalisation();
        this.calendarFeatures = spec.calendarFeatures();
        this.architecture = spec.architecture();
        this.seasonalPath = spec.seasonalPath();
        this.channels = spec.channels();
        this.calendarZone = spec.calendarZone();
        this.tickMeaning = spec.tickMeaning();
        this.tickFit = spec.tickFit();
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder formatVersion(int value) {
        formatVersion = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder tickMillis(long value) {
        tickMillis = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder contextLength(int value) {
        contextLength = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder horizon(int value) {
        horizon = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder quantileLevels(List<Double> value) {
        quantileLevels = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder normalisation(Normalisation value) {
        normalisation = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder calendarFeatures(List<CalendarFeature> value) {
        calendarFeatures = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder architecture(Architecture value) {
        architecture = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder seasonalPath(SeasonalPath value) {
        seasonalPath = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder channels(List<String> value) {
        channels = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder calendarZone(String value) {
        calendarZone = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder tickMeaning(TickMeaning value) {
        tickMeaning = value;
        return this;
    }

    @CanIgnoreReturnValue
    public ForecastSpecBuilder tickFit(AcceptedTickMeanings value) {
        tickFit = value;
        return this;
    }

    /**
     * Builds the spec.
     *
     * @throws SpecException if the values contradict each other or one is missing
     */
    public ForecastSpec build() {
        return new ForecastSpec(
                formatVersion,
                tickMillis,
                contextLength,
                horizon,
                quantileLevels,
                normalisation,
                calendarFeatures,
                architecture,
                seasonalPath,
                channels,
                calendarZone,
                tickMeaning,
                tickFit);
    }
}
