package io.tickformer.cli.train;

import java.util.Locale;

/** The architectures that can be asked for by name. */
public enum Preset {
    STREAMING,
    VANILLA,
    CNN,
    LSTM,
    LSTM_ATTENTION,
    LINEAR,
    NLINEAR,
    DLINEAR;

    /** The name as on the command line, such as {@code lstm-attention}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
