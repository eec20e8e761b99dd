package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/** Checks that the parts of a spec are consistent with each other. */
final class SpecRules {
    private SpecRules() {}

    /** Returns an immutable copy of the levels. */
    static List<Double> requireQuantileLevels(List<Double> levels) {
        require(
                levels != null && !levels.isEmpty(),
                "quantileLevels",
                levels,
                "at least one level");
        require(levels.stream().noneMatch(Objects::isNull), "quantileLevels", levels, "numbers");
        double previous = 0;
        for (double level : levels) {
            require(
                    level > previous && level < 1,
                    "quantileLevels",
                    levels,
                    "strictly ascending levels between 0 and 1");
            previous = level;
        }
        return List.copyOf(levels);
    }

    static void requireSeasonalPath(
            SeasonalPath seasonalPath, Architecture architecture, int contextLength) {
        if (seasonalPath == null) {
            return;
        }
        require(
                architecture instanceof NetworkArchitecture,
                "seasonalPath",
                seasonalPath,
                "none for a foreign graph");
        require(
                seasonalPath.recentTicks() <= contextLength,
                "seasonalPath",
                seasonalPath,
                "no more ticks than contextLength = " + contextLength);
    }

    /** Returns an immutable copy of the channels; empty for null. */
    static List<String> requireChannels(List<String> channels, Architecture architecture) {
        if (channels == null || channels.isEmpty()) {
            return List.of();
        }
        require(
                architecture instanceof NetworkArchitecture,
                "channels",
                channels,
                "none for a foreign graph, which reads one series at a time");
        return new Channels(channels).names();
    }

    static void requireCalendarZone(String zone, List<CalendarFeature> features) {
        if (zone == null) {
            return;
        }
        require(
                ZoneId.getAvailableZoneIds().contains(zone),
                "calendarZone",
                zone,
                "the name of a time zone, such as Europe/Berlin");
        require(
                !features.isEmpty(),
                "calendarZone",
                zone,
                "no time zone for a model without calendar features");
    }
}
