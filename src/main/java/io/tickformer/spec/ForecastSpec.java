package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickformer.event.EmptyTick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.event.TickRule;
import io.tickformer.spec.TransformerArchitecture.Activation;
import io.tickformer.spec.TransformerArchitecture.Norm;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * Everything that defines a model: what it reads, what it answers and how it is built. Travels as
 * JSON in the metadata of the exported file.
 *
 * @param formatVersion version of this format, {@link #FORMAT_VERSION}
 * @param tickMillis length of a tick in milliseconds
 * @param contextLength T, ticks whose values the model reads
 * @param horizon H, ticks forecast ahead
 * @param quantileLevels Q levels in (0, 1), strictly ascending
 * @param normalisation how location and scale follow the series
 * @param calendarFeatures cycles of the calendar that tokens carry
 * @param architecture what maps context to forecast
 * @param seasonalPath what repeats from season to season, around the network; null where the
 *     network does all
 * @param channels names of the C channels that the network reads side by side and forecasts
 *     together, in the order of its tensors; empty for a model of one series at a time
 * @param calendarZone the time zone, such as {@code Europe/Berlin}, whose clocks the cycles of the
 *     calendar follow, daylight saving included; null for UTC
 * @param tickMeaning how observations become ticks, and what a tick without any is; null for {@link
 *     TickMeaning#DEFAULT}
 * @param tickFit whether a job may give the ticks another meaning; null for {@link TickFit#OWN}
 */
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
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualTicks.class)
                TickMeaning tickMeaning,
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualTicks.class)
                TickFit tickFit) {

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
        require(
                quantileLevels != null && !quantileLevels.isEmpty(),
                "quantileLevels",
                quantileLevels,
                "at least one level");
        require(
                quantileLevels.stream().noneMatch(Objects::isNull),
                "quantileLevels",
                quantileLevels,
                "numbers");
        quantileLevels = List.copyOf(quantileLevels);
        double previous = 0;
        for (double level : quantileLevels) {
            require(
                    level > previous && level < 1,
                    "quantileLevels",
                    quantileLevels,
                    "strictly ascending levels between 0 and 1");
            previous = level;
        }
        require(normalisation != null, "normalisation", null, "half-life and length of a block");
        require(architecture != null, "architecture", null, "a network or a foreign graph");
        calendarFeatures = calendarFeatures == null ? List.of() : List.copyOf(calendarFeatures);
        if (architecture instanceof NetworkArchitecture network) {
            network.requireContext(contextLength);
        }
        if (seasonalPath != null) {
            require(
                    architecture instanceof NetworkArchitecture,
                    "seasonalPath",
                    seasonalPath,
                    "none beside a foreign graph");
            require(
                    seasonalPath.recentTicks() <= contextLength,
                    "seasonalPath",
                    seasonalPath,
                    "no more ticks than contextLength = " + contextLength);
        }
        channels = channels == null ? List.of() : new Channels(channels).names();
        require(
                channels.isEmpty() || architecture instanceof NetworkArchitecture,
                "channels",
                channels,
                "none beside a foreign graph, which reads one series at a time");
        if (calendarZone != null) {
            require(
                    ZoneId.getAvailableZoneIds().contains(calendarZone),
                    "calendarZone",
                    calendarZone,
                    "the name of a time zone, such as Europe/Berlin");
            require(
                    !calendarFeatures.isEmpty(),
                    "calendarZone",
                    calendarZone,
                    "none where tokens carry no cycle of the calendar");
        }
        tickMeaning = tickMeaning == null ? TickMeaning.DEFAULT : tickMeaning;
        tickFit = tickFit == null ? TickFit.OWN : tickFit;
        SpecLimits.requireSizes(contextLength, horizon, quantileLevels.size(), channels.size());
    }

    /** A spec of one series at a time whose network does all. */
    public ForecastSpec(
            int formatVersion,
            long tickMillis,
            int contextLength,
            int horizon,
            List<Double> quantileLevels,
            Normalisation normalisation,
            List<CalendarFeature> calendarFeatures,
            Architecture architecture) {
        this(
                formatVersion,
                tickMillis,
                contextLength,
                horizon,
                quantileLevels,
                normalisation,
                calendarFeatures,
                architecture,
                null,
                List.of(),
                null,
                TickMeaning.DEFAULT,
                TickFit.OWN);
    }

    /**
     * Ticks that the newest token's output depends on, {@code P (L (W - 1) + 1)}, with banded
     * attention.
     *
     * @throws SpecException if that is more than an {@code int} can hold
     */
    public static int receptiveField(int patchLength, int attentionWindow, int layers) {
        try {
            int tokens =
                    Math.addExact(
                            Math.multiplyExact(layers, Math.subtractExact(attentionWindow, 1)), 1);
            return Math.multiplyExact(patchLength, tokens);
        } catch (ArithmeticException e) {
            throw new SpecException(
                    ("%d layers that attend to %d tokens of %d ticks see more than %d ticks; expected"
                                    + " fewer")
                            .formatted(layers, attentionWindow, patchLength, Integer.MAX_VALUE),
                    e);
        }
    }

    /**
     * The transformer of first principles: one token a tick, full masked self-attention over T
     * ticks, sinusoidal positions, post-norm blocks with ReLU.
     */
    public static ForecastSpec vanilla(
            long tickMillis,
            int contextLength,
            int horizon,
            int layers,
            int width,
            int heads,
            int feedForwardWidth) {
        return of(
                tickMillis,
                contextLength,
                horizon,
                new TransformerArchitecture(
                        1,
                        TransformerArchitecture.FULL_ATTENTION,
                        layers,
                        width,
                        heads,
                        feedForwardWidth,
                        PositionEncoding.SINUSOIDAL,
                        NormPlacement.POST,
                        Norm.LAYER,
                        Activation.RELU));
    }

    /**
     * The streaming transformer: patches of P ticks, banded attention of W tokens within a phase,
     * rotary positions, pre-norm blocks. Its context length follows: {@link #receptiveField}.
     */
    public static ForecastSpec streaming(
            long tickMillis,
            int patchLength,
            int attentionWindow,
            int horizon,
            int layers,
            int width,
            int heads,
            int feedForwardWidth) {
        return of(
                tickMillis,
                receptiveField(patchLength, attentionWindow, layers),
                horizon,
                new TransformerArchitecture(
                        patchLength,
                        attentionWindow,
                        layers,
                        width,
                        heads,
                        feedForwardWidth,
                        PositionEncoding.ROTARY,
                        NormPlacement.PRE,
                        Norm.RMS,
                        Activation.GELU));
    }

    /** A network of ours with the default quantile levels and normalisation. */
    public static ForecastSpec of(
            long tickMillis, int contextLength, int horizon, NetworkArchitecture network) {
        return new ForecastSpec(
                FORMAT_VERSION,
                tickMillis,
                contextLength,
                horizon,
                DEFAULT_QUANTILE_LEVELS,
                Normalisation.DEFAULT,
                List.of(),
                network);
    }

    /** This spec with tokens that carry the given cycles of the calendar, in UTC. */
    public ForecastSpec withCalendarFeatures(List<CalendarFeature> features) {
        return withCalendar(features, null);
    }

    /**
     * This spec with tokens that carry the given cycles of the calendar.
     *
     * @param zone the time zone whose clocks they follow; null for UTC
     */
    public ForecastSpec withCalendar(List<CalendarFeature> features, String zone) {
        return with(quantileLevels, normalisation, features, zone, seasonalPath);
    }

    /** This spec with another network, which the context suits, too. */
    public ForecastSpec withNetwork(NetworkArchitecture network) {
        return new ForecastSpec(
                formatVersion,
                tickMillis,
                contextLength,
                horizon,
                quantileLevels,
                normalisation,
                calendarFeatures,
                network,
                seasonalPath,
                channels,
                calendarZone,
                tickMeaning,
                tickFit);
    }

    /** This spec with other quantile levels. */
    public ForecastSpec withQuantileLevels(List<Double> levels) {
        return with(levels, normalisation, calendarFeatures, calendarZone, seasonalPath);
    }

    /** This spec with another normalisation. */
    public ForecastSpec withNormalisation(Normalisation other) {
        return with(quantileLevels, other, calendarFeatures, calendarZone, seasonalPath);
    }

    /** This spec with a seasonal path around the network, or with null without one. */
    public ForecastSpec withSeasonalPath(SeasonalPath other) {
        return with(quantileLevels, normalisation, calendarFeatures, calendarZone, other);
    }

    /** This spec on ticks of another length. */
    public ForecastSpec withTickMillis(long other) {
        return withGrid(other, horizon);
    }

    /** This spec on ticks of another length, with another horizon. */
    public ForecastSpec withGrid(long otherTickMillis, int otherHorizon) {
        return new ForecastSpec(
                formatVersion,
                otherTickMillis,
                contextLength,
                otherHorizon,
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

    /** This spec of a network that mixes the given channels, or with none reads one series. */
    public ForecastSpec withChannels(List<String> names) {
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
                names,
                calendarZone,
                tickMeaning,
                tickFit);
    }

    /** This spec of ticks with another meaning. */
    public ForecastSpec withTickMeaning(TickMeaning other) {
        return withTicks(other, tickFit);
    }

    /** This spec of a model that takes ticks of any meaning. */
    public ForecastSpec fittingAnyTicks() {
        return withTicks(tickMeaning, TickFit.ANY);
    }

    /** This spec of ticks with another meaning, of a model that takes those or any. */
    public ForecastSpec withTicks(TickMeaning meaning, TickFit fit) {
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
                meaning,
                fit);
    }

    private ForecastSpec with(
            List<Double> levels,
            Normalisation normalisation,
            List<CalendarFeature> features,
            String zone,
            SeasonalPath seasonal) {
        return new ForecastSpec(
                formatVersion,
                tickMillis,
                contextLength,
                horizon,
                levels,
                normalisation,
                features,
                architecture,
                seasonal,
                channels,
                zone,
                tickMeaning,
                tickFit);
    }

    /**
     * The architecture, where it is a network of ours.
     *
     * @throws SpecException if it is foreign
     */
    public NetworkArchitecture network() {
        if (architecture instanceof NetworkArchitecture network) {
            return network;
        }
        throw new SpecException("architecture is foreign; expected one of Tickformer's own");
    }

    /**
     * The architecture, where it is a transformer of ours.
     *
     * @throws SpecException if it is another
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

    /** What a tick without observations is while its series lives. */
    public EmptyTick emptyTick() {
        return tickMeaning.empty();
    }

    /**
     * How observations become the ticks of a series, which lives from a reading on for as many
     * ticks as the ring of its context has: a context that holds no reading any more is empty.
     */
    @JsonIgnore
    public TickRule tickRule() {
        return TickRule.of(tickMillis, tickMeaning, ringTicks());
    }

    /**
     * This spec as a job takes it that asks for ticks of a certain meaning.
     *
     * @param aggregate asked for; null for the model's
     * @param empty asked for; null for the model's or, where it takes any, for what follows from
     *     the aggregate
     * @throws SpecException if the model takes ticks of its own meaning only, and that is another
     */
    public ForecastSpec withTicksOf(TickAggregate aggregate, EmptyTick empty) {
        boolean sameAggregate = aggregate == null || aggregate == aggregate();
        EmptyTick ofAggregate = sameAggregate ? emptyTick() : EmptyTick.of(aggregate);
        TickMeaning wanted =
                new TickMeaning(
                        aggregate == null ? aggregate() : aggregate,
                        empty == null ? ofAggregate : empty);
        require(
                tickFit == TickFit.ANY || wanted.equals(tickMeaning),
                "the tick asked for",
                wanted.text(),
                tickMeaning.text() + ", which the model was trained on");
        return withTickMeaning(wanted);
    }

    /** N, tokens in a context. */
    @JsonIgnore
    public int tokens() {
        return contextLength / network().patchLength();
    }

    /** Ticks, the newest first, that a forecast can depend on by way of values in their frames. */
    public int reach() {
        return Math.max(network().reach(contextLength), recentTicks());
    }

    /**
     * Ticks, the newest first, that a forecast can depend on at all: the context and what the
     * frames at its oldest ticks look back to. Nothing older has any influence.
     */
    @JsonIgnore
    public int ringTicks() {
        return contextLength + normalisation.memoryTicks();
    }

    /** R, ticks that the seasonal path reads; 0 where there is none. */
    @JsonIgnore
    public int recentTicks() {
        return seasonalPath == null ? 0 : (int) seasonalPath.recentTicks();
    }

    /** C, channels that are read and forecast together; 1 for a model of one series at a time. */
    @JsonIgnore
    public int channelCount() {
        return Math.max(1, channels.size());
    }

    /** C P, values in a token: the P ticks of the first channel, then of the second, and so on. */
    @JsonIgnore
    public int tokenValues() {
        return Math.multiplyExact(channelCount(), network().patchLength());
    }

    /**
     * Features of a token beside its values: for each channel two of its frame's movement, then two
     * for each cycle of the calendar.
     */
    @JsonIgnore
    public int tokenFeatures() {
        return 2 * channelCount() + 2 * calendarFeatures.size();
    }

    /** C H, steps that are answered: all of the first channel, then of the second, and so on. */
    @JsonIgnore
    public int answers() {
        return Math.multiplyExact(channelCount(), horizon);
    }

    /** C R, values that the seasonal path reads, channel after channel. */
    @JsonIgnore
    public int recentValues() {
        return Math.multiplyExact(channelCount(), recentTicks());
    }

    /**
     * The components by name, the newer ones only where they are not the default: the versions of
     * models are made of this text, and those of defaults keep theirs.
     */
    @Override
    public String toString() {
        return ("ForecastSpec[formatVersion=%s, tickMillis=%s, contextLength=%s, horizon=%s,"
                        + " quantileLevels=%s, normalisation=%s, calendarFeatures=%s,"
                        + " architecture=%s, seasonalPath=%s%s%s%s%s]")
                .formatted(
                        formatVersion,
                        tickMillis,
                        contextLength,
                        horizon,
                        quantileLevels,
                        normalisation,
                        calendarFeatures,
                        architecture,
                        seasonalPath,
                        channels.isEmpty() ? "" : ", channels=" + channels,
                        calendarZone == null ? "" : ", calendarZone=" + calendarZone,
                        tickMeaning.equals(TickMeaning.DEFAULT)
                                ? ""
                                : ", tickMeaning=" + tickMeaning,
                        tickFit == TickFit.OWN ? "" : ", tickFit=" + tickFit);
    }
}
