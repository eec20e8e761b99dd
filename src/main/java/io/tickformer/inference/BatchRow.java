package io.tickformer.inference;

import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What the forecasts of a row of a micro-batch need of its context, besides the model's answer.
 *
 * @param headTick the newest tick of the context
 * @param full whether the context spans its full length
 * @param channels of the context
 */
record BatchRow(long headTick, boolean full, List<Channel> channels) {
    /**
     * One channel of a context.
     *
     * @param frame at the head
     * @param observedTicks of the channel
     * @param lastObserved the newest observed value; the frame's location if there is none
     */
    record Channel(Frame frame, int observedTicks, double lastObserved) {
        private static Channel of(SeriesContext context, int channel, Frame frame) {
            double last = context.lastObserved(channel);
            return new Channel(
                    frame,
                    context.observedTicks(channel),
                    Double.isNaN(last) ? frame.location() : last);
        }
    }

    /**
     * The row of a context as it stands.
     *
     * @param frames for each channel the frame at the head
     * @param contextLength T
     */
    static BatchRow of(SeriesContext context, List<Frame> frames, int contextLength) {
        List<Channel> channels = new ArrayList<>(frames.size());
        for (int channel = 0; channel < frames.size(); channel++) {
            channels.add(Channel.of(context, channel, frames.get(channel)));
        }
        return new BatchRow(context.headTick(), context.spans(contextLength), channels);
    }
}
