package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The channels of a record, and how they are series outside of a model: that of channel {@code
 * power} of the record {@code meter-1} is {@code meter-1/power}. A history may be one record
 * without a key, whose series are called as the channels are.
 *
 * <p>Without names every series is a record of its own.
 *
 * @param names none, or at least two, in the order of the model's tensors. None of them is another
 *     one with something and a slash before it, so that a series belongs to one channel at most
 */
public record Channels(List<String> names) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String SEPARATOR = "/";

    /**
     * The series of one record.
     *
     * @param key the record's key, empty where it has none; without channels that of the series
     * @param series for each channel the position of its series in the list asked about, or {@link
     *     #ABSENT}
     */
    public record Members(String key, List<Integer> series) {
        /** In place of a position: the record has no series of this channel. */
        public static final int ABSENT = -1;

        public Members {
            series = List.copyOf(series);
        }
    }

    public Channels {
        require(
                names != null && names.stream().allMatch(name -> name != null && !name.isBlank()),
                "channels",
                names,
                "names that are not blank");
        names = List.copyOf(names);
        require(names.size() != 1, "channels", names, "two or more, or none");
        require(
                new HashSet<>(names).size() == names.size(),
                "channels",
                names,
                "each of them once");
        for (String name : names) {
            for (String other : names) {
                require(
                        !name.endsWith(SEPARATOR + other),
                        "channels",
                        names,
                        "none that ends in %s, as %s does".formatted(SEPARATOR + other, name));
            }
        }
    }

    /** Those of a model. */
    public static Channels of(ForecastSpec spec) {
        return new Channels(spec.channels());
    }

    /** Whether every series is a record of its own. */
    public boolean isNone() {
        return names.isEmpty();
    }

    /** Series of a record, all channels there: 1 without names. */
    public int width() {
        return Math.max(1, names.size());
    }

    /** The channel that a series is, its position among the names; negative where it is none. */
    public int channelOf(String series) {
        for (int channel = 0; channel < names.size(); channel++) {
            String name = names.get(channel);
            if (series.equals(name) || series.endsWith(SEPARATOR + name)) {
                return channel;
            }
        }
        return Members.ABSENT;
    }

    /**
     * The key of the record that a series belongs to.
     *
     * @throws IllegalArgumentException if the series is none of the channels
     */
    public String keyOf(String series) {
        if (isNone()) {
            return series;
        }
        int channel = channelOf(series);
        if (channel < 0) {
            throw new IllegalArgumentException(
                    "series %s is none of the channels %s".formatted(series, names));
        }
        int length = series.length() - names.get(channel).length() - SEPARATOR.length();
        return series.substring(0, Math.max(0, length));
    }

    /** The series that a channel of a record is; without channels the record itself. */
    public String seriesOf(String key, int channel) {
        if (isNone()) {
            return key;
        }
        String name = names.get(channel);
        return key.isEmpty() ? name : key + SEPARATOR + name;
    }

    /**
     * The records that series are of, in the order of their keys; without channels the series
     * themselves, in their order. Series that are none of the channels are left out.
     */
    public List<Members> records(List<String> series) {
        List<Members> records = new ArrayList<>();
        if (isNone()) {
            for (int i = 0; i < series.size(); i++) {
                records.add(new Members(series.get(i), List.of(i)));
            }
            return records;
        }
        Map<String, Integer[]> byKey = new TreeMap<>();
        for (int i = 0; i < series.size(); i++) {
            int channel = channelOf(series.get(i));
            if (channel >= 0) {
                byKey.computeIfAbsent(keyOf(series.get(i)), key -> absent())[channel] = i;
            }
        }
        byKey.forEach((key, members) -> records.add(new Members(key, Arrays.asList(members))));
        return records;
    }

    private Integer[] absent() {
        Integer[] all = new Integer[names.size()];
        Arrays.fill(all, Members.ABSENT);
        return all;
    }
}
