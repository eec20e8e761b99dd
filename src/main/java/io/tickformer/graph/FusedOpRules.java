package io.tickformer.graph;

import io.tickformer.graph.FusedOp.BufferedAttention;
import io.tickformer.graph.FusedOp.LayerNorm;
import io.tickformer.graph.FusedOp.RootMeanSquareNorm;
import io.tickformer.graph.FusedOp.RotaryEmbedding;
import io.tickformer.graph.FusedOp.TanhGelu;
import java.util.List;
import java.util.stream.Collectors;

/** The types and shapes of a fused op's results from those of its operands; one rule an op. */
final class FusedOpRules {
    /** ONNX Runtime's kernel takes heads of such widths only. */
    private static final int HEAD_WIDTH_STEP = 8;

    private final FusedOp op;
    private final List<Tensor> inputs;

    private FusedOpRules(FusedOp op, List<Tensor> inputs) {
        this.op = op;
        this.inputs = inputs;
    }

    static List<OpRules.Result> infer(FusedOp op, List<Tensor> inputs) {
        return new FusedOpRules(op, inputs).infer();
    }

    private List<OpRules.Result> infer() {
        if (op instanceof RootMeanSquareNorm) {
            return overLastAxis(2);
        } else if (op instanceof LayerNorm) {
            return overLastAxis(3);
        } else if (op instanceof TanhGelu) {
            require(inputs.size() == 1, "expected one operand");
            return List.of(same(0));
        } else if (op instanceof RotaryEmbedding rotary) {
            return rotary(rotary.heads());
        } else if (op instanceof BufferedAttention attention) {
            return attention(attention.heads());
        }
        throw new IllegalStateException("no rule for " + op);
    }

    private List<OpRules.Result> overLastAxis(int operands) {
        require(inputs.size() == operands, "expected " + operands + " operands");
        long width = inputs.get(0).shape().size(-1);
        for (Tensor learned : inputs.subList(1, operands)) {
            require(
                    learned.shape().equals(Shape.of(width)),
                    "expected what is learned to have the size of the last axis");
        }
        return List.of(same(0));
    }

    private List<OpRules.Result> rotary(int heads) {
        require(inputs.size() == 4, "expected x, row, cosine and sine");
        long width = inputs.get(0).shape().size(-1);
        require(
                width % (2L * heads) == 0
                        && inputs.get(2).shape().size(-1) == width / heads / 2
                        && inputs.get(3).shape().equals(inputs.get(2).shape()),
                "expected tables of half the width of a head");
        require(inputs.get(1).type() == ElementType.INT64, "expected rows of int64");
        return List.of(same(0));
    }

    private List<OpRules.Result> attention(int heads) {
        require(inputs.size() == 7, "expected query, key, value, keys, values, count and capacity");
        Tensor query = inputs.get(0);
        Tensor keys = inputs.get(3);
        long width = query.shape().size(-1);
        require(
                query.rank() == 3 && query.shape().size(1) == 1 && width % heads == 0,
                "expected a query [B,1,h w]");
        require(
                width / heads % HEAD_WIDTH_STEP == 0,
                "expected heads whose width is a multiple of " + HEAD_WIDTH_STEP);
        require(
                keys.rank() == 4
                        && keys.shape().size(1) == heads
                        && keys.shape().size(3) == width / heads
                        && inputs.get(4).shape().equals(keys.shape()),
                "expected keys and values [B,h,W,w]");
        require(
                inputs.get(5).type() == ElementType.INT32
                        && inputs.get(6).type() == ElementType.INT32,
                "expected count and capacity of int32");
        return List.of(same(0), same(3), same(4));
    }

    private OpRules.Result same(int operand) {
        return new OpRules.Result(inputs.get(operand).type(), inputs.get(operand).shape());
    }

    private void require(boolean holds, String expected) {
        if (!holds) {
            throw new GraphException(
                    "%s of %s: %s"
                            .formatted(
                                    op,
                                    inputs.stream()
                                            .map(Tensor::toString)
                                            .collect(Collectors.joining(", ")),
                                    expected));
        }
    }
}
