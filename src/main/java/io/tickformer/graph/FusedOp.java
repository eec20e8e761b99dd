package io.tickformer.graph;

import io.tickformer.annotation.Internal;

/**
 * An op that computes what several standard ops compute, in one kernel of ONNX Runtime. Fused ops
 * are used only in graphs that are derived when a model is opened. An exported file has standard
 * ops only. Fused ops have no derivative, because training uses the standard ops.
 */
@Internal
public sealed interface FusedOp extends Op {
    /** The domain of ONNX Runtime's own ops. */
    String DOMAIN = "com.microsoft";

    /** The ONNX domain the op belongs to; empty for the standard one. */
    default String domain() {
        return DOMAIN;
    }

    /**
     * {@code x / sqrt(mean(x²) + epsilon) * scale} over the last axis (Zhang and Sennrich 2019).
     *
     * @param epsilon keeps the square root away from zero
     */
    record RootMeanSquareNorm(double epsilon) implements FusedOp {
        @Override
        public String onnxName() {
            return "SimplifiedLayerNormalization";
        }

        @Override
        public String domain() {
            return "";
        }
    }

    /**
     * {@code (x - mean(x)) / sqrt(variance(x) + epsilon) * scale + shift} over the last axis.
     *
     * @param epsilon keeps the square root away from zero
     */
    record LayerNorm(double epsilon) implements FusedOp {
        @Override
        public String onnxName() {
            return "LayerNormalization";
        }

        @Override
        public String domain() {
            return "";
        }
    }

    /** The tanh form of GELU (Hendrycks and Gimpel 2016). */
    record TanhGelu() implements FusedOp {
        @Override
        public String onnxName() {
            return "FastGelu";
        }
    }

    /**
     * Rotates the halves of each head against each other (Su et al. 2021, section 3.2): operands
     * {@code x [B,S,h w]}, {@code row [B,S]}, int64, and {@code cosine, sine [M,w/2]}, of which row
     * {@code row[b,s]} rotates token s of series b.
     *
     * @param heads h
     */
    record RotaryEmbedding(int heads) implements FusedOp {
        @Override
        public String onnxName() {
            return "RotaryEmbedding";
        }
    }

    /**
     * Attention of one new token of each series to the tokens in its buffer, and to itself:
     * operands {@code query, key, value [B,1,h w]}, {@code keys, values [B,h,W,w]}, {@code count
     * [B]}, int32, and {@code capacity}, int32 without dimensions, W.
     *
     * <p>Results: the attention output {@code [B,1,h w]}, then {@code keys} and {@code values} with
     * the new token at place {@code count[b]} of series b. The query attends to the tokens before
     * that place and to the new one. If the results for keys and values are bound to the memory of
     * the operands, only the new token is written. Scores are not scaled.
     *
     * @param heads h
     */
    record BufferedAttention(int heads) implements FusedOp {
        @Override
        public String onnxName() {
            return "GroupQueryAttention";
        }
    }
}
