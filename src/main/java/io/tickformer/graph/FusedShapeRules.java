package io.tickformer.graph;

import io.tickformer.graph.FusedOp.BufferedAttention;
import io.tickformer.graph.FusedOp.LayerNorm;
import io.tickformer.graph.FusedOp.RootMeanSquareNorm;
import io.tickformer.graph.FusedOp.RotaryEmbedding;
import io.tickformer.graph.FusedOp.TanhGelu;
import java.util.List;

/** Infers the types and shapes of a fused op's results from its operands; one rule per op. */
final class FusedShapeRules {
    /** ONNX Runtime's kernel requires head widths that are a multiple of this. */
    private static final int HEAD_WIDTH_STEP = 8;

    private final FusedOp op;
    private final Operands operands;

    FusedShapeRules(FusedOp op, Operands operands) {
        this.op = op;
        this.operands = operands;
    }

    List<ShapeRules.Result> infer() {
        if (op instanceof RootMeanSquareNorm) {
            return overLastAxis(2);
        } else if (op instanceof LayerNorm) {
            return overLastAxis(3);
        } else if (op instanceof TanhGelu) {
            operands.requireCount(1);
            return List.of(same(0));
        } else if (op instanceof RotaryEmbedding rotary) {
            return rotary(rotary.heads());
        } else if (op instanceof BufferedAttention attention) {
            return attention(attention.heads());
        }
        throw new IllegalStateException("no rule for " + op);
    }

    private List<ShapeRules.Result> overLastAxis(int count) {
        operands.requireCount(count);
        long width = operands.get(0).shape().size(-1);
        for (Tensor learned : operands.tensors().subList(1, count)) {
            operands.require(
                    learned.shape().equals(Shape.of(width)),
                    "expected scale and shift of the size of the last axis");
        }
        return List.of(same(0));
    }

    private List<ShapeRules.Result> rotary(int heads) {
        operands.require(operands.tensors().size() == 4, "expected x, row, cosine and sine");
        long width = operands.get(0).shape().size(-1);
        operands.require(
                width % (2L * heads) == 0
                        && operands.get(2).shape().size(-1) == width / heads / 2
                        && operands.get(3).shape().equals(operands.get(2).shape()),
                "expected tables of half the width of a head");
        operands.require(operands.get(1).type() == ElementType.INT64, "expected rows of int64");
        return List.of(same(0));
    }

    private List<ShapeRules.Result> attention(int heads) {
        operands.require(
                operands.tensors().size() == 7,
                "expected query, key, value, keys, values, count and capacity");
        Tensor query = operands.get(0);
        Tensor keys = operands.get(3);
        long width = query.shape().size(-1);
        operands.require(
                query.rank() == 3 && query.shape().size(1) == 1 && width % heads == 0,
                "expected a query [B,1,h w]");
        operands.require(
                width / heads % HEAD_WIDTH_STEP == 0,
                "expected heads whose width is a multiple of " + HEAD_WIDTH_STEP);
        operands.require(
                keys.rank() == 4
                        && keys.shape().size(1) == heads
                        && keys.shape().size(3) == width / heads
                        && operands.get(4).shape().equals(keys.shape()),
                "expected keys and values [B,h,W,w]");
        operands.require(
                operands.get(5).type() == ElementType.INT32
                        && operands.get(6).type() == ElementType.INT32,
                "expected count and capacity of int32");
        return List.of(same(0), same(3), same(4));
    }

    private ShapeRules.Result same(int operand) {
        return new ShapeRules.Result(operands.get(operand).type(), operands.get(operand).shape());
    }
}
