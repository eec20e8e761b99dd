package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import io.tickformer.annotation.Public;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The channels of a multivariate model, and how its channels map to series. The series of the
 * channel {@code power} of the entity {@code meter-1} is {@code meter-1/power}. A history may hold
 * one entity without a key; its series have the names of the channels.
 *
 * <p>Without channels every series is an entity of its own.
 *
 * @param names no name, or at least two, in the order of the model's tensors. No name ends with a
 *     slash and another name, so that a series belongs to one channel at most
 */
@Public
public record Channels(List<String> names) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String SEPARATOR = "/";

    /**
     * The series of one entity.
     *
     * @param key key of the entity, empty if it has none; without channels the key of the series
     * @param series for each channel the index of its series in the given list, or {@link #ABSENT}
     */
    public record Entity(String key, List<Integer> series) {
        /** Index for a channel that the entity lacks. */
        public static final int ABSENT = -1;

        public Entity {
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

    /** The channels of a model. */
    public static Channels of(ForecastSpec spec) {
        return new Channels(spec.channels());
    }

    /** Whether there are no channels: every series is an entity of its own. */
    public boolean isNone() {
        return names.isEmpty();
    }

    /** Number of series of an entity that has all channels; 1 without channels. */
    public int width() {
        return Math.max(1, names.size());
    }

    /** Index of the channel of a series; negative if the series belongs to no channel. */
    public int channelOf(String series) {
        for (int channel = 0; channel < names.size(); channel++) {
            String name = names.get(channel);
            if (series.equals(name) || series.endsWith(SEPARATOR + name)) {
                return channel;
            }
        }
        return Entity.ABSENT;
    }

    /**
     * The key of the entity that a series belongs to.
     *
     * @throws IllegalArgumentException if the series belongs to no channel
     */
    public String keyOf(String series) {
        if (isNone()) {
            return series;
        }
        int channel = channelOf(series);
        if (channel < 0) {
            throw new IllegalArgumentException(
                    "series %s belongs to none of the channels %s".formatted(series, names));
        }
        int length = series.length() - names.get(channel).length() - SEPARATOR.length();
        return series.substring(0, Math.max(0, length));
    }

    /** The name of the series of a channel of an entity; without channels the key itself. */
    public String seriesOf(String key, int channel) {
        if (isNone()) {
            return key;
        }
        String name = names.get(channel);
        return key.isEmpty() ? name : key + SEPARATOR + name;
    }

    /**
     * Groups series by entity, in the order of the keys; without channels every series by itself,
     * in the given order. Series that belong to no channel are left out.
     */
    public List<Entity> entities(List<String> series) {
        List<Entity> entities = new ArrayList<>();
        if (isNone()) {
            for (int i = 0; i < series.size(); i++) {
                entities.add(new Entity(series.get(i), List.of(i)));
            }
            return entities;
        }
        Map<String, Integer[]> byKey = new TreeMap<>();
        for (int i = 0; i < series.size(); i++) {
            int channel = channelOf(series.get(i));
            if (channel >= 0) {
                byKey.computeIfAbsent(keyOf(series.get(i)), key -> absent())[channel] = i;
            }
        }
        byKey.forEach((key, members) -> entities.add(new Entity(key, Arrays.asList(members))));
        return entities;
    }

    private Integer[] absent() {
        Integer[] all = new Integer[names.size()];
        Arrays.fill(all, Entity.ABSENT);
        return all;
    }
}
