package io.tickformer.cli.train;

import io.tickformer.annotation.Internal;
import java.util.Locale;

/** Architectures with a name on the command line. */
@Internal
public enum Preset {
    STREAMING,
    VANILLA,
    CNN,
    LSTM,
    LSTM_ATTENTION,
    LINEAR,
    NLINEAR,
    DLINEAR;

    /** The name on the command line, such as {@code lstm-attention}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
