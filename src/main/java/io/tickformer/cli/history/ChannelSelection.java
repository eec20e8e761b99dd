package io.tickformer.cli.history;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import io.tickformer.history.History;
import io.tickformer.history.SeriesSummary;
import io.tickformer.spec.Channels;
import java.io.PrintWriter;
import java.util.List;

/** Selects the series of a history that are channels of a multichannel model. */
@Internal
public final class ChannelSelection {
    private static final int MOST_NAMED = 8;

    private ChannelSelection() {}

    /**
     * Returns only these series, and prints which series are left out and which records lack a
     * channel. The values of a lacking channel are missing.
     *
     * @param names of the channels; empty for a univariate model, which keeps the whole history
     * @return a view that is closed with the whole history
     * @throws UserError if no series belongs to a channel
     */
    public static History of(History whole, List<String> names, PrintWriter err) {
        Channels channels = new Channels(names);
        if (channels.isNone()) {
            return whole;
        }
        List<String> keys = whole.summaries().stream().map(SeriesSummary::series).toList();
        for (int channel = 0; channel < names.size(); channel++) {
            int wanted = channel;
            if (keys.stream().noneMatch(key -> channels.channelOf(key) == wanted)) {
                throw new UserError(
                        ("%s: no series belongs to the channel %s; expected a series %s, or KEY/%s"
                                        + " for each record; the history has %s")
                                .formatted(
                                        whole.source(),
                                        names.get(channel),
                                        names.get(channel),
                                        names.get(channel),
                                        named(keys)));
            }
        }
        List<String> others = keys.stream().filter(key -> channels.channelOf(key) < 0).toList();
        List<String> lacking =
                channels.entities(keys).stream()
                        .filter(record -> record.series().contains(Channels.Entity.ABSENT))
                        .map(Channels.Entity::key)
                        .toList();
        say(err, "series left out because they are not channels", others);
        say(err, "records without a value for every channel", lacking);
        return others.isEmpty() ? whole : whole.only(key -> channels.channelOf(key) >= 0);
    }

    private static void say(PrintWriter err, String what, List<String> keys) {
        if (!keys.isEmpty()) {
            err.printf("%s: %s%n", what, named(keys));
            err.flush();
        }
    }

    private static String named(List<String> keys) {
        int shown = Math.min(MOST_NAMED, keys.size());
        String some = String.join(", ", keys.subList(0, shown));
        return shown == keys.size() ? some : "%s and %d more".formatted(some, keys.size() - shown);
    }
}
