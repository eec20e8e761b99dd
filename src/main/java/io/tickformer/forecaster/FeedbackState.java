package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.event.BinaryForm;
import io.tickformer.feedback.FeedbackPlan;
import io.tickformer.feedback.SeriesFeedback;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The feedback of the C channels of a key in state. A channel's feedback is read from its bytes
 * when it is first needed, because its sizes belong to the model and the settings of the running
 * job, which a serializer does not know.
 *
 * <p>Binary form, version 1: version (byte), C (int), and for each channel the number of bytes
 * (int, 0 for none) and the bytes of {@link SeriesFeedback#writeTo}.
 *
 * <p>Mutable and not thread-safe: it lives in keyed state.
 */
@Internal
public final class FeedbackState {
    private static final BinaryForm<FeedbackState> FORM =
            new BinaryForm<>(
                    "the feedback of a series", FeedbackState::write, FeedbackState::read1);

    private static final byte[] NONE = {};

    private final byte[][] stored; // C; empty where there is none
    private final SeriesFeedback[] opened; // C; null where it was not needed yet

    private FeedbackState(byte[][] stored) {
        this.stored = stored;
        this.opened = new SeriesFeedback[stored.length];
    }

    /** The feedback of series that have no forecasts yet. */
    public static FeedbackState of(int channels) {
        byte[][] stored = new byte[channels][];
        Arrays.fill(stored, NONE);
        return new FeedbackState(stored);
    }

    /** C. */
    public int channels() {
        return stored.length;
    }

    /** The feedback of a channel. */
    public SeriesFeedback channel(int channel, FeedbackPlan plan) throws IOException {
        SeriesFeedback feedback = opened[channel];
        if (feedback == null) {
            byte[] bytes = stored[channel];
            feedback =
                    bytes.length == 0
                            ? SeriesFeedback.of(plan)
                            : SeriesFeedback.readFrom(
                                    new DataInputStream(new ByteArrayInputStream(bytes)), plan);
            opened[channel] = feedback;
            stored[channel] = NONE;
        }
        return feedback;
    }

    /** An independent copy. */
    public FeedbackState copy() throws IOException {
        byte[][] copy = new byte[stored.length][];
        for (int channel = 0; channel < copy.length; channel++) {
            copy[channel] = bytes(channel);
        }
        return new FeedbackState(copy);
    }

    /** The bytes of a channel, which do not change. */
    private byte[] bytes(int channel) throws IOException {
        SeriesFeedback feedback = opened[channel];
        if (feedback == null) {
            return stored[channel];
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(feedback.bytes());
        feedback.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    public void writeTo(DataOutput out) throws IOException {
        FORM.write(this, out);
    }

    public static FeedbackState readFrom(DataInput in) throws IOException {
        return FORM.read(in);
    }

    private void write(DataOutput out) throws IOException {
        out.writeInt(stored.length);
        for (int channel = 0; channel < stored.length; channel++) {
            byte[] bytes = bytes(channel);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static FeedbackState read1(DataInput in) throws IOException {
        byte[][] stored = new byte[in.readInt()][];
        for (int channel = 0; channel < stored.length; channel++) {
            stored[channel] = new byte[in.readInt()];
            in.readFully(stored[channel]);
        }
        return new FeedbackState(stored);
    }
}
