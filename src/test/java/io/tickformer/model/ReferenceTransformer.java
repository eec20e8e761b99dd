package io.tickformer.model;

import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.Activation;
import io.tickformer.spec.TransformerArchitecture.Norm;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;

/**
 * The formulas of the transformer in plain loops over float64, one series at a time. Shares nothing
 * with the graph but the names and places of the parameters.
 */
final class ReferenceTransformer {
    private final ForecastSpec spec;
    private final TransformerArchitecture a;
    private final ParameterLayout layout;
    private final float[] flat;
    private final int d;

    ReferenceTransformer(ForecastSpec spec, float[] flat) {
        this.spec = spec;
        this.a = spec.transformer();
        this.layout = new Transformer(spec).layout();
        this.flat = flat;
        this.d = a.width();
    }

    /** What is answered at every token of one series: {@code [N][H*Q]} and {@code [N][H]}. */
    record Answer(double[][] quantiles, double[][] mean) {}

    Answer answer(Tokens in, int series) {
        int tokens = in.tokens();
        double[][] z = new double[tokens][];
        for (int n = 0; n < tokens; n++) {
            z[n] = embed(in, series * tokens + n, n);
        }
        for (int layer = 0; layer < a.layers(); layer++) {
            z = block(layer, z, in, series);
        }
        double[][] quantiles = new double[tokens][];
        double[][] mean = new double[tokens][];
        for (int n = 0; n < tokens; n++) {
            double[] last =
                    a.normPlacement() == NormPlacement.PRE ? norm("final.norm", z[n]) : z[n];
            int outputs = spec.horizon() * spec.quantileLevels().size();
            quantiles[n] =
                    plus(times(last, "head.quantiles.weight", outputs), "head.quantiles.bias");
            mean[n] = plus(times(last, "head.mean.weight", spec.horizon()), "head.mean.bias");
        }
        return new Answer(quantiles, mean);
    }

    private double[] embed(Tokens in, int row, int position) {
        int patch = in.patch();
        double[] token = new double[2 * patch + in.width()];
        for (int p = 0; p < patch; p++) {
            double observed = in.observed()[row * patch + p];
            token[p] = in.values()[row * patch + p] * observed;
            token[patch + p] = observed;
        }
        for (int c = 0; c < in.width(); c++) {
            token[2 * patch + c] = in.features()[row * in.width() + c];
        }
        double[] z = plus(times(token, "embed.weight", d), "embed.bias");
        if (a.positions() == PositionEncoding.SINUSOIDAL) {
            for (int i = 0; 2 * i < d; i++) {
                double angle = position / Math.pow(10000, 2.0 * i / d);
                z[2 * i] += Math.sin(angle);
                if (2 * i + 1 < d) {
                    z[2 * i + 1] += Math.cos(angle);
                }
            }
        }
        return z;
    }

    private double[][] block(int layer, double[][] z, Tokens in, int series) {
        String attention = "block" + layer + ".attention";
        String feedForward = "block" + layer + ".feedForward";
        boolean pre = a.normPlacement() == NormPlacement.PRE;
        int tokens = z.length;
        double[][] read = new double[tokens][];
        for (int n = 0; n < tokens; n++) {
            read[n] = pre ? norm(attention + ".norm", z[n]) : z[n];
        }
        double[][] result = new double[tokens][];
        for (int n = 0; n < tokens; n++) {
            double[] attended = attend(attention, read, n, in, series);
            double[] z2 = plus(z[n], attended);
            z2 = pre ? z2 : norm(attention + ".norm", z2);
            double[] x = pre ? norm(feedForward + ".norm", z2) : z2;
            double[] hidden = times(x, feedForward + ".expand", a.feedForwardWidth());
            for (int i = 0; i < hidden.length; i++) {
                hidden[i] = activation(hidden[i]);
            }
            double[] next = plus(z2, times(hidden, feedForward + ".contract", d));
            result[n] = pre ? next : norm(feedForward + ".norm", next);
        }
        return result;
    }

    private double[] attend(String name, double[][] z, int n, Tokens in, int series) {
        int w = d / a.heads();
        double[] query = times(z[n], name + ".query", d);
        double[] joined = new double[d];
        for (int head = 0; head < a.heads(); head++) {
            double[] weights = new double[n + 1];
            double total = 0;
            for (int m = 0; m <= n; m++) {
                boolean banded = a.attendsToAll() || n - m < a.attentionWindow();
                if (m == n || (banded && in.isPresent(series, m))) {
                    double[] key = times(z[m], name + ".key", d);
                    weights[m] = Math.exp(product(query, key, head * w, w, n, m) / Math.sqrt(w));
                    total += weights[m];
                }
            }
            for (int m = 0; m <= n; m++) {
                double[] value = times(z[m], name + ".value", d);
                for (int i = head * w; i < (head + 1) * w; i++) {
                    joined[i] += weights[m] / total * value[i];
                }
            }
        }
        return a.heads() == 1 ? joined : times(joined, name + ".output", d);
    }

    /** The product of a query at place n and a key at place m, over one head. */
    private double product(double[] query, double[] key, int start, int w, int n, int m) {
        double sum = 0;
        if (a.positions() != PositionEncoding.ROTARY) {
            for (int i = start; i < start + w; i++) {
                sum += query[i] * key[i];
            }
            return sum;
        }
        // As complex numbers, a pair of the query times the conjugate pair of the key, turned by
        // the difference of their places only.
        for (int i = 0; i < w / 2; i++) {
            double angle = (n - m) * Math.pow(10000, -2.0 * i / w);
            double qa = query[start + i];
            double qb = query[start + i + w / 2];
            double ka = key[start + i];
            double kb = key[start + i + w / 2];
            sum += (qa * ka + qb * kb) * Math.cos(angle) + (qa * kb - qb * ka) * Math.sin(angle);
        }
        return sum;
    }

    private double activation(double x) {
        if (a.activation() == Activation.RELU) {
            return Math.max(0, x);
        }
        return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    private double[] norm(String name, double[] z) {
        double mean = 0;
        if (a.norm() == Norm.LAYER) {
            for (double x : z) {
                mean += x / z.length;
            }
        }
        double power = 0;
        for (double x : z) {
            power += (x - mean) * (x - mean) / z.length;
        }
        double[] result = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            result[i] = (z[i] - mean) / Math.sqrt(power + 1e-5) * parameter(name + ".scale", i);
            if (a.norm() == Norm.LAYER) {
                result[i] += parameter(name + ".shift", i);
            }
        }
        return result;
    }

    private double[] times(double[] x, String weight, int outputs) {
        double[] y = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < x.length; i++) {
                y[o] += x[i] * parameter(weight, i * outputs + o);
            }
        }
        return y;
    }

    private double[] plus(double[] x, String bias) {
        double[] y = x.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] += parameter(bias, i);
        }
        return y;
    }

    private static double[] plus(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private double parameter(String name, int index) {
        return flat[layout.parameter(name).offset() + index];
    }
}
