package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.model.Initialisation.Repeated;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One layer of long short-term memory (Hochreiter and Schmidhuber 1997; the forget gate is of Gers
 * et al. 2000), token after token:
 *
 * <pre>
 *   i, f, o = sigmoid(x W + h U + b),  u = tanh(x W + h U + b)
 *   c' = f c + i u,  h' = o tanh(c')
 * </pre>
 *
 * <p>At an absent token cell and hidden state are zero, so that the first present token starts from
 * zeros. {@code x W} is one product for all tokens; only {@code h U} depends on the previous state.
 *
 * @param width d
 * @param present {@code [B,N,1]}
 */
record LongShortTermMemory(GraphBuilder g, ParameterTensors parameters, int width, Tensor present) {
    private static final String INPUT = ".input";
    private static final String STATE = ".state";
    private static final String BIAS = ".bias";

    /** Adds the parameters of a layer; the forget gate starts open (Jozefowicz et al. 2015). */
    static void addTo(ParameterLayout layout, String name, int width) {
        layout.linear(name + INPUT, width, 4 * width, 1);
        layout.linear(name + STATE, width, 4 * width, 1);
        List<Double> bias = new ArrayList<>(Collections.nCopies(4 * width, 0.0));
        Collections.fill(bias.subList(width, 2 * width), 1.0);
        layout.add(name + BIAS, Shape.of(4L * width), new Repeated(bias));
    }

    /**
     * The hidden states of the last {@code states} tokens.
     *
     * @param x {@code [B,N,d]}
     * @return {@code [B,M,d]}
     */
    Tensor apply(String name, Tensor x, int states) {
        int tokens = Math.toIntExact(x.shape().size(1));
        Tensor brought = g.matMul(x, parameters.get(name + INPUT)); // [B,N,4d]
        Tensor biased = g.add(brought, parameters.get(name + BIAS));
        // Split instead of slices: its derivative is a single concatenation.
        List<Tensor> ofToken = each(biased, tokens); // [B,1,4d] each
        List<Tensor> there = each(present, tokens); // [B,1,1] each
        List<Tensor> hidden = new ArrayList<>();
        Tensor memory = null; // [B,1,d]
        Tensor state = null; // [B,1,d]
        for (int n = 0; n < tokens; n++) {
            Tensor gates = ofToken.get(n);
            if (state != null) {
                gates = g.add(gates, g.matMul(state, parameters.get(name + STATE)));
            }
            List<Tensor> parts = g.split(gates, -1, 2L * width, width, width);
            List<Tensor> open = g.split(g.sigmoid(parts.get(0)), -1, width, width);
            Tensor added = g.mul(open.get(0), g.tanh(parts.get(2)));
            Tensor all = memory == null ? added : g.add(g.mul(open.get(1), memory), added);
            memory = g.mul(all, there.get(n));
            state = g.mul(g.sigmoid(parts.get(1)), g.tanh(memory));
            if (n >= tokens - states) {
                hidden.add(state);
            }
        }
        return hidden.size() == 1 ? hidden.get(0) : g.concat(1, hidden.toArray(Tensor[]::new));
    }

    private List<Tensor> each(Tensor x, int tokens) {
        long[] ones = new long[tokens];
        Arrays.fill(ones, 1);
        return tokens == 1 ? List.of(x) : g.split(x, 1, ones);
    }
}
