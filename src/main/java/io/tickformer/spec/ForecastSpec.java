package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickformer.annotation.Public;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import io.tickformer.event.TickMeaning;
import java.util.List;

/**
 * Defines a model completely: its inputs, its outputs and its architecture. The spec is stored as
 * JSON in the metadata of the model file. {@link SpecSizes} derives the sizes of its tensors.
 *
 * @param formatVersion version of the JSON format, {@link #FORMAT_VERSION}
 * @param tickMillis length of a tick in milliseconds
 * @param contextLength T, number of ticks whose values the model reads
 * @param horizon H, number of ticks forecast ahead
 * @param quantileLevels Q levels in (0, 1), strictly ascending
 * @param normalisation how the location and the scale of a series are computed
 * @param calendarFeatures calendar cycles encoded in each token
 * @param architecture maps the context to the forecast
 * @param seasonalPath linear path around the network that repeats past seasons; null for none
 * @param channels names of the C channels that the model reads and forecasts together, in the order
 *     of its tensors; empty for a univariate model
 * @param calendarZone time zone of the calendar features, such as {@code Europe/Berlin}, with its
 *     daylight saving time; null for UTC
 * @param tickMeaning how observations are aggregated to ticks, and the value of a tick without
 *     observations; null for {@link TickMeaning#DEFAULT}
 * @param tickFit whether a job may give the ticks another meaning; null for {@link
 *     AcceptedTickMeanings#OWN}
 */
@Public
public record ForecastSpec(
        int formatVersion,
        long tickMillis,
        int contextLength,
        int horizon,
        List<Double> quantileLevels,
        Normalisation normalisation,
        List<CalendarFeature> calendarFeatures,
        Architecture architecture,
        @JsonInclude(JsonInclude.Include.NON_NULL) SeasonalPath seasonalPath,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> channels,
        @JsonInclude(JsonInclude.Include.NON_NULL) String calendarZone,
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = TickDefaultsJsonFilter.class)
                TickMeaning tickMeaning,
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = TickDefaultsJsonFilter.class)
                AcceptedTickMeanings tickFit)
        implements SpecSizes {

    public static final int FORMAT_VERSION = 1;
    public static final List<Double> DEFAULT_QUANTILE_LEVELS =
            List.of(0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975);

    public ForecastSpec {
        require(
                formatVersion == FORMAT_VERSION,
                "formatVersion",
                formatVersion,
                "version " + FORMAT_VERSION);
        SpecLimits.requireGrid(tickMillis, contextLength, horizon);
        quantileLevels = SpecRules.requireQuantileLevels(quantileLevels);
        require(normalisation != null, "normalisation", null, "half-life and length of a block");
        require(architecture != null, "architecture", null, "a network or a foreign graph");
        calendarFeatures = calendarFeatures == null ? List.of() : List.copyOf(calendarFeatures);
        if (architecture instanceof NetworkArchitecture network) {
            network.requireContext(contextLength);
        }
        SpecRules.requireSeasonalPath(seasonalPath, architecture, contextLength);
        channels = SpecRules.requireChannels(channels, architecture);
        SpecRules.requireCalendarZone(calendarZone, calendarFeatures);
        tickMeaning = tickMeaning == null ? TickMeaning.DEFAULT : tickMeaning;
        tickFit = tickFit == null ? AcceptedTickMeanings.OWN : tickFit;
        SpecLimits.requireSizes(contextLength, horizon, quantileLevels.size(), channels.size());
    }

    /**
     * A builder with the default quantile levels and normalisation. It needs a tick length, a
     * context length, a horizon and an architecture.
     */
    public static ForecastSpecBuilder builder() {
        return new ForecastSpecBuilder();
    }

    /** A builder that starts from this spec. */
    public ForecastSpecBuilder toBuilder() {
        return new ForecastSpecBuilder(this);
    }

    /**
     * A builder of the classical transformer: one token a tick, full causal self-attention over T
     * ticks, sinusoidal positions, post-norm blocks with ReLU.
     */
    public static TransformerSpecBuilder vanilla() {
        return new TransformerSpecBuilder(false);
    }

    /**
     * A builder of the streaming transformer: patches of P ticks, banded attention over W tokens,
     * rotary positions, pre-norm blocks with GELU. The context length is the receptive field.
     */
    public static TransformerSpecBuilder streaming() {
        return new TransformerSpecBuilder(true);
    }

    /** A spec with the default quantile levels and normalisation. */
    public static ForecastSpec of(
            long tickMillis, int contextLength, int horizon, NetworkArchitecture network) {
        return builder()
                .tickMillis(tickMillis)
                .contextLength(contextLength)
                .horizon(horizon)
                .architecture(network)
                .build();
    }

    public ForecastSpec withTickMillis(long other) {
        return toBuilder().tickMillis(other).build();
    }

    public ForecastSpec withQuantileLevels(List<Double> levels) {
        return toBuilder().quantileLevels(levels).build();
    }

    public ForecastSpec withNormalisation(Normalisation other) {
        return toBuilder().normalisation(other).build();
    }

    public ForecastSpec withCalendarFeatures(List<CalendarFeature> features) {
        return toBuilder().calendarFeatures(features).build();
    }

    public ForecastSpec withNetwork(NetworkArchitecture network) {
        return toBuilder().architecture(network).build();
    }

    public ForecastSpec withSeasonalPath(SeasonalPath other) {
        return toBuilder().seasonalPath(other).build();
    }

    public ForecastSpec withChannels(List<String> names) {
        return toBuilder().channels(names).build();
    }

    public ForecastSpec withTickMeaning(TickMeaning other) {
        return toBuilder().tickMeaning(other).build();
    }

    public ForecastSpec withTickFit(AcceptedTickMeanings other) {
        return toBuilder().tickFit(other).build();
    }

    /**
     * Returns the spec for a job that requests ticks of a certain meaning.
     *
     * @param aggregate the requested aggregate; null for the model's
     * @param empty the requested value of a tick without observations; null for the default
     * @throws SpecException if the model does not accept ticks of that meaning
     */
    public ForecastSpec withRequestedTicks(TickAggregate aggregate, EmptyTickPolicy empty) {
        return withTickMeaning(tickFit.resolve(tickMeaning, aggregate, empty));
    }

    /**
     * The architecture, if it is one of Tickformer's networks.
     *
     * @throws SpecException if it is a foreign graph
     */
    @Override
    public NetworkArchitecture network() {
        if (architecture instanceof NetworkArchitecture network) {
            return network;
        }
        throw new SpecException("architecture is foreign; expected one of Tickformer's own");
    }

    /**
     * The architecture, if it is a transformer.
     *
     * @throws SpecException if it is another one
     */
    public TransformerArchitecture transformer() {
        if (network() instanceof TransformerArchitecture transformer) {
            return transformer;
        }
        throw new SpecException(
                "architecture is %s; expected a transformer".formatted(architecture));
    }

    /** How the observations of a tick become its value. */
    public TickAggregate aggregate() {
        return tickMeaning.aggregate();
    }

    /** The value of a tick without observations. */
    public EmptyTickPolicy emptyTick() {
        return tickMeaning.empty();
    }

    /**
     * How observations become the ticks of a series. A series is alive for {@link #ringTicks} ticks
     * after an observation; then its context is empty.
     */
    @JsonIgnore
    public TickDefinition tickRule() {
        return TickDefinition.of(tickMillis, tickMeaning, ringTicks());
    }
}
