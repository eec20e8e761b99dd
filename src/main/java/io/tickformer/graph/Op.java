package io.tickformer.graph;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * The operation of a node, with its parameters. Its operands are the node's inputs. The family is
 * closed: code that handles every member handles every graph. Axes are not negative.
 */
@Internal
public sealed interface Op
        permits Op.Elementwise,
                Op.Cast,
                Op.MatMul,
                Op.Transpose,
                Op.Reshape,
                Op.Expand,
                Op.ExpandLike,
                Op.Concat,
                Op.Split,
                Op.Slice,
                Op.Gather,
                Op.Pad,
                Op.Reduce,
                Op.Softmax,
                FusedOp {
    /** The name of the ONNX op that it is exported as. */
    String onnxName();

    /** Ops on single elements; operands broadcast against each other. */
    enum Elementwise implements Op {
        IDENTITY("Identity", 1),
        NEG("Neg", 1),
        EXP("Exp", 1),
        LOG("Log", 1),
        SQRT("Sqrt", 1),
        ABS("Abs", 1),
        /** -1, 0 or 1. */
        SIGN("Sign", 1),
        RECIPROCAL("Reciprocal", 1),
        TANH("Tanh", 1),
        SIGMOID("Sigmoid", 1),
        RELU("Relu", 1),
        NOT("Not", 1),
        ADD("Add", 2),
        SUB("Sub", 2),
        MUL("Mul", 2),
        DIV("Div", 2),
        POW("Pow", 2),
        MAX("Max", 2),
        MIN("Min", 2),
        LESS("Less", 2),
        LESS_OR_EQUAL("LessOrEqual", 2),
        GREATER("Greater", 2),
        GREATER_OR_EQUAL("GreaterOrEqual", 2),
        EQUAL("Equal", 2),
        AND("And", 2),
        OR("Or", 2),
        /** Condition, value where true, value where false. */
        WHERE("Where", 3);

        private final String onnxName;
        private final int operands;

        Elementwise(String onnxName, int operands) {
            this.onnxName = onnxName;
            this.operands = operands;
        }

        @Override
        public String onnxName() {
            return onnxName;
        }

        /** Number of operands. */
        public int operands() {
            return operands;
        }

        @Override
        public String toString() {
            return onnxName;
        }
    }

    /** Conversion of the elements to another type. */
    record Cast(ElementType to) implements Op {
        @Override
        public String onnxName() {
            return "Cast";
        }
    }

    /** {@code [.., m, k] x [.., k, n] -> [.., m, n]}; the leading dimensions broadcast. */
    record MatMul() implements Op {
        @Override
        public String onnxName() {
            return "MatMul";
        }

        @Override
        public String toString() {
            return onnxName();
        }
    }

    /** Dimension i of the result is dimension {@code permutation[i]} of the operand. */
    record Transpose(List<Integer> permutation) implements Op {
        public Transpose {
            permutation = List.copyOf(permutation);
        }

        @Override
        public String onnxName() {
            return "Transpose";
        }
    }

    /** The same elements in the same order under another shape. */
    record Reshape(Shape to) implements Op {
        @Override
        public String onnxName() {
            return "Reshape";
        }
    }

    /**
     * Broadcast to a larger shape. A symbolic dimension of the target must be one of the operand;
     * otherwise use {@link ExpandLike}.
     */
    record Expand(Shape to) implements Op {
        @Override
        public String onnxName() {
            return "Expand";
        }
    }

    /** Broadcast of the first operand to the shape of the second, whose elements do not matter. */
    record ExpandLike() implements Op {
        @Override
        public String onnxName() {
            return "Expand";
        }

        @Override
        public String toString() {
            return "ExpandLike";
        }
    }

    /** Concatenation along an axis. */
    record Concat(int axis) implements Op {
        @Override
        public String onnxName() {
            return "Concat";
        }
    }

    /** Consecutive parts of the given sizes along an axis; one output per part. */
    record Split(int axis, List<Long> sizes) implements Op {
        public Split {
            sizes = List.copyOf(sizes);
        }

        @Override
        public String onnxName() {
            return "Split";
        }
    }

    /** Elements {@code start} (inclusive) to {@code end} (exclusive) along a fixed axis. */
    record Slice(int axis, long start, long end) implements Op {
        @Override
        public String onnxName() {
            return "Slice";
        }
    }

    /** Slices of the first operand along an axis, at the int64 indices of the second. */
    record Gather(int axis) implements Op {
        @Override
        public String onnxName() {
            return "Gather";
        }
    }

    /** Zeros before and after the operand along a fixed axis. */
    record Pad(int axis, long before, long after) implements Op {
        @Override
        public String onnxName() {
            return "Pad";
        }
    }

    /** A reduction over some axes, which keep size 1 or are removed. */
    record Reduce(Reduction reduction, List<Integer> axes, boolean keepDims) implements Op {
        public Reduce {
            axes = List.copyOf(axes);
        }

        @Override
        public String onnxName() {
            return reduction.onnxName;
        }
    }

    /** How a {@link Reduce} combines elements. */
    enum Reduction {
        SUM("ReduceSum"),
        MEAN("ReduceMean"),
        MAX("ReduceMax");

        private final String onnxName;

        Reduction(String onnxName) {
            this.onnxName = onnxName;
        }
    }

    /** {@code exp(x) / sum(exp(x))} along an axis. */
    record Softmax(int axis) implements Op {
        @Override
        public String onnxName() {
            return "Softmax";
        }
    }
}
