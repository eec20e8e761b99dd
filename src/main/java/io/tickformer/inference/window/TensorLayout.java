package io.tickformer.inference.window;

/**
 * The meaning of a tensor's dimensions, one letter each: B series, T ticks of the context, H
 * horizon steps, Q quantile levels, 1 a dimension of size one.
 *
 * @param letters such as {@code BT1}
 */
record TensorLayout(String letters) {

    /** The shape of a tensor for {@code rows} series. */
    long[] shape(int rows, int ticks, int horizon, int levels) {
        long[] shape = new long[letters.length()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] =
                    switch (letters.charAt(i)) {
                        case 'B' -> rows;
                        case 'T' -> ticks;
                        case 'H' -> horizon;
                        case 'Q' -> levels;
                        default -> 1;
                    };
        }
        return shape;
    }

    /** Elements between neighbours along a letter, in a row-major tensor of the given shape. */
    int stride(char letter, long[] shape) {
        int stride = 1;
        for (int i = letters.length() - 1; letters.charAt(i) != letter; i--) {
            stride *= (int) shape[i];
        }
        return stride;
    }
}
