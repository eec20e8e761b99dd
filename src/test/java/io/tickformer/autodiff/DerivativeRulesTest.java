package io.tickformer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.graph.ElementType;
import io.tickformer.graph.FusedOp;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Op;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every derivative rule agrees with central differences. */
class DerivativeRulesTest {

    private record Case(String op, String situation, GradientCheck check) {}

    @TestFactory
    Stream<DynamicTest> everyRuleAgreesWithCentralDifferences() {
        return cases().stream()
                .map(c -> DynamicTest.dynamicTest(c.op + " " + c.situation, c.check::agrees));
    }

    @Test
    void everyRuleIsAmongTheCases() {
        Set<String> differentiable = new LinkedHashSet<>(DerivativeRules.ALL.ops());
        differentiable.removeAll(DerivativeRules.NOT_DIFFERENTIABLE);
        assertThat(cases().stream().map(Case::op)).containsAll(differentiable);
    }

    @Test
    void everyOpOfTheBuilderHasARuleOrIsListedAsHavingNone() {
        Set<String> ops = new LinkedHashSet<>();
        for (Op.Elementwise op : Op.Elementwise.values()) {
            ops.add(op.onnxName());
        }
        for (Op.Reduction reduction : Op.Reduction.values()) {
            ops.add(new Op.Reduce(reduction, List.of(0), true).onnxName());
        }
        for (Op op : samples()) {
            ops.add(op.onnxName());
        }
        assertThat(DerivativeRules.ALL.ops()).containsExactlyInAnyOrderElementsOf(ops);
    }

    @Test
    void aFusedOpHasNoRuleAndIsRefusedByName() {
        GraphBuilder g = new GraphBuilder();
        Tensor x = g.input("x", Shape.of(3));
        Tensor loss = g.sumAll(g.apply(new FusedOp.TanhGelu(), x));

        assertThatThrownBy(() -> Gradients.of(g, loss, List.of(x)))
                .isInstanceOf(DerivativeException.class)
                .hasMessageContaining("FastGelu");
    }

    /** One op of each member of the family that is a record. */
    private static List<Op> samples() {
        List<Op> samples =
                List.of(
                        new Op.Cast(ElementType.DOUBLE),
                        new Op.MatMul(),
                        new Op.Transpose(List.of(0)),
                        new Op.Reshape(Shape.SCALAR),
                        new Op.Expand(Shape.SCALAR),
                        new Op.ExpandLike(),
                        new Op.Concat(0),
                        new Op.Split(0, List.of(1L)),
                        new Op.Slice(0, 0, 1),
                        new Op.Gather(0),
                        new Op.Pad(0, 0, 0),
                        new Op.Reduce(Op.Reduction.SUM, List.of(0), true),
                        new Op.Softmax(0));
        List<Class<?>> members = new ArrayList<>(List.of(Op.class.getPermittedSubclasses()));
        members.remove(Op.Elementwise.class);
        members.remove(FusedOp.class); // Training works on what they fuse.
        assertThat(samples.stream().<Class<?>>map(Object::getClass))
                .as("a sample of each op, one to be added here for a new op")
                .containsExactlyInAnyOrderElementsOf(members);
        return samples;
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        unary(cases);
        binary(cases);
        layout(cases);
        overAxes(cases);
        matMul(cases);
        return cases;
    }

    private static void unary(List<Case> cases) {
        one(cases, "Identity", -2, 2, GraphBuilder::identity);
        one(cases, "Neg", -2, 2, GraphBuilder::neg);
        one(cases, "Exp", -2, 2, GraphBuilder::exp);
        one(cases, "Log", 0.5, 3, GraphBuilder::log);
        one(cases, "Sqrt", 0.5, 3, GraphBuilder::sqrt);
        one(cases, "Abs", -2, 2, GraphBuilder::abs);
        one(cases, "Reciprocal", 0.5, 2, GraphBuilder::reciprocal);
        one(cases, "Tanh", -2, 2, GraphBuilder::tanh);
        one(cases, "Sigmoid", -2, 2, GraphBuilder::sigmoid);
        one(cases, "Relu", -2, 2, GraphBuilder::relu);
        one(cases, "Cast", -2, 2, (g, x) -> g.cast(g.exp(x), ElementType.DOUBLE));
    }

    private static void one(
            List<Case> cases,
            String op,
            double from,
            double to,
            BiFunction<GraphBuilder, Tensor, Tensor> function) {
        GradientCheck check =
                GradientCheck.of((g, x) -> function.apply(g, x.get(0))).input(from, to, 3, 4);
        cases.add(new Case(op, "of a matrix", check));
    }

    private static void binary(List<Case> cases) {
        two(cases, "Add", g -> g::add);
        two(cases, "Sub", g -> g::sub);
        two(cases, "Mul", g -> g::mul);
        two(cases, "Div", g -> g::div);
        two(cases, "Pow", g -> g::pow);
        two(cases, "Max", g -> g::max);
        two(cases, "Min", g -> g::min);
        two(cases, "Where", g -> (a, b) -> g.where(g.greater(a, b), g.mul(a, a), g.mul(a, b)));
        cases.add(
                new Case(
                        "Mul",
                        "of a tensor with itself",
                        GradientCheck.of((g, x) -> g.mul(x.get(0), x.get(0))).input(-1, 1, 5)));
        cases.add(
                new Case(
                        "Pow",
                        "with a constant exponent and negative bases",
                        GradientCheck.of((g, x) -> g.pow(x.get(0), g.scalar(3))).input(-2, -1, 5)));
        cases.add(
                new Case(
                        "Where",
                        "choosing between rows",
                        GradientCheck.of(
                                        (g, x) ->
                                                g.where(
                                                        g.greater(x.get(0), g.scalar(0)),
                                                        x.get(1),
                                                        x.get(2)))
                                .input(-1, 1, 4, 3)
                                .input(-1, 1, 3)
                                .input(-1, 1, 4, 1)));
    }

    /** Operands of one shape, and broadcast against each other in either direction. */
    private static void two(
            List<Case> cases,
            String op,
            java.util.function.Function<GraphBuilder, BinaryOperator<Tensor>> function) {
        long[][][] shapes = {
            {{2, 3}, {2, 3}},
            {{2, 3}, {3}},
            {{1, 3}, {4, 2, 1}},
            {{}, {2, 2}},
            {{2, 3}, {1}},
            {{2, 1, 3}, {1, 4, 1}}
        };
        for (long[][] pair : shapes) {
            GradientCheck check =
                    GradientCheck.of((g, x) -> function.apply(g).apply(x.get(0), x.get(1)))
                            .input(0.5, 2, pair[0])
                            .input(0.5, 2, pair[1]);
            cases.add(new Case(op, Shape.of(pair[0]) + " with " + Shape.of(pair[1]), check));
        }
        GradientCheck symbolic =
                GradientCheck.of((g, x) -> function.apply(g).apply(x.get(0), x.get(1)))
                        .batchInput(Shape.batch(3), 0.5, 2, 2, 3)
                        .input(0.5, 2, 3);
        cases.add(new Case(op, "of a symbolic batch with a row", symbolic));
    }

    private static void layout(List<Case> cases) {
        one(cases, "Transpose", -1, 1, (g, x) -> square(g, g.transpose(x, 1, 0)));
        one(
                cases,
                "Transpose",
                -1,
                1,
                (g, x) -> square(g, g.transpose(g.reshape(x, Shape.of(2, 3, 2)), 2, 0, 1)));
        one(cases, "Reshape", -1, 1, (g, x) -> square(g, g.reshape(x, Shape.of(2, 6))));
        one(cases, "Expand", -1, 1, (g, x) -> square(g, g.expand(x, Shape.of(2, 3, 4))));
        one(
                cases,
                "Expand",
                -1,
                1,
                (g, x) -> {
                    Tensor row = g.slice(x, 0, 0, 1);
                    return g.mul(g.expandLike(row, x), x);
                });
        one(
                cases,
                "Concat",
                -1,
                1,
                (g, x) -> square(g, g.concat(1, g.exp(x), g.slice(x, 1, 1, 3), x)));
        one(
                cases,
                "Split",
                -1,
                1,
                (g, x) -> {
                    List<Tensor> parts = g.split(x, 1, 1, 2, 1);
                    return g.mul(g.exp(parts.get(0)), parts.get(1));
                });
        one(cases, "Slice", -1, 1, (g, x) -> square(g, g.slice(x, 1, 1, 3)));
        one(cases, "Pad", -1, 1, (g, x) -> square(g, g.pad(x, 0, 2, 1)));
        one(cases, "Gather", -1, 1, (g, x) -> square(g, g.gather(x, 1, g.longs(3, 0, 3))));
        one(
                cases,
                "Gather",
                -1,
                1,
                (g, x) ->
                        square(
                                g,
                                g.gather(
                                        g.reshape(x, Shape.of(2, 3, 2)),
                                        1,
                                        g.reshape(g.longs(2, 1, 1, 1), Shape.of(2, 2)))));
    }

    private static void overAxes(List<Case> cases) {
        for (boolean keep : new boolean[] {true, false}) {
            one(cases, "ReduceSum", -1, 1, (g, x) -> square(g, g.reduceSum(x, keep, 0)));
            one(cases, "ReduceSum", -1, 1, (g, x) -> square(g, g.reduceSum(x, keep, 0, 1)));
            one(cases, "ReduceMean", -1, 1, (g, x) -> square(g, g.reduceMean(x, keep, 1)));
            one(cases, "ReduceMean", -1, 1, (g, x) -> square(g, g.reduceMean(x, keep, 0, 1)));
            one(cases, "ReduceMax", -1, 1, (g, x) -> square(g, g.reduceMax(x, keep, 1)));
            one(cases, "ReduceMax", -1, 1, (g, x) -> square(g, g.reduceMax(x, keep, 0)));
        }
        one(cases, "Softmax", -2, 2, (g, x) -> g.softmax(x, 1));
        one(cases, "Softmax", -2, 2, (g, x) -> g.softmax(x, 0));
        cases.add(
                new Case(
                        "ReduceSum",
                        "over a symbolic batch",
                        GradientCheck.of((g, x) -> square(g, g.reduceSum(x.get(0), false, 0)))
                                .batchInput(Shape.batch(3), -1, 1, 2, 3)));
        cases.add(
                new Case(
                        "ReduceMean",
                        "within a symbolic batch",
                        GradientCheck.of((g, x) -> g.mul(x.get(0), mean(g, x.get(0))))
                                .batchInput(Shape.batch(3), -1, 1, 2, 3)));
    }

    private static void matMul(List<Case> cases) {
        long[][][] shapes = {
            {{2, 3}, {3, 4}},
            {{2, 2, 3}, {3, 4}},
            {{2, 3}, {2, 3, 4}},
            {{2, 2, 3}, {2, 3, 4}},
            {{2, 1, 2, 3}, {3, 3, 1}},
            {{1, 2, 3}, {2, 2, 3, 2}}
        };
        for (long[][] pair : shapes) {
            GradientCheck check =
                    GradientCheck.of((g, x) -> square(g, g.matMul(x.get(0), x.get(1))))
                            .input(-1, 1, pair[0])
                            .input(-1, 1, pair[1]);
            cases.add(new Case("MatMul", Shape.of(pair[0]) + " with " + Shape.of(pair[1]), check));
        }
        GradientCheck symbolic =
                GradientCheck.of((g, x) -> square(g, g.matMul(x.get(0), x.get(1))))
                        .batchInput(Shape.batch(4, 3), -1, 1, 2, 4, 3)
                        .input(-1, 1, 3, 2);
        cases.add(new Case("MatMul", "of a symbolic batch with a matrix", symbolic));
    }

    /** A square makes the cotangent depend on the op's result. */
    private static Tensor square(GraphBuilder g, Tensor x) {
        return g.mul(x, x);
    }

    private static Tensor mean(GraphBuilder g, Tensor x) {
        return g.reduceMean(x, true, 1);
    }
}
