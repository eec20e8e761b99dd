package io.tickformer.cli.history;

import io.tickformer.console.UserError;
import io.tickformer.history.History;
import io.tickformer.history.SeriesSummary;
import io.tickformer.spec.Channels;
import java.io.PrintWriter;
import java.util.List;

/** The series of a history that are channels of the records a model reads. */
public final class ChannelHistory {
    private static final int MOST_NAMED = 8;

    private ChannelHistory() {}

    /**
     * Those series alone, and a word on what they leave out or lack. A record may lack a channel,
     * which is missing in it then.
     *
     * @param names of the channels; none for a model of one series at a time, which leaves the
     *     history as it is
     * @return a view that ends with the whole
     * @throws UserError if a channel has no series at all
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
                        ("%s: no series is the channel %s; expected one called %s, or KEY/%s for"
                                        + " each record; the history has %s")
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
                channels.records(keys).stream()
                        .filter(record -> record.series().contains(Channels.Members.ABSENT))
                        .map(Channels.Members::key)
                        .toList();
        say(err, "series left out, as they are none of the channels", others);
        say(err, "records that lack a channel, which is missing in them", lacking);
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
