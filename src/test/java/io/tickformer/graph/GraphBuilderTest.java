package io.tickformer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
    private final GraphBuilder g = new GraphBuilder();
    private final Tensor a = g.input("a", Shape.batch(3, 4));
    private final Tensor b = g.input("b", Shape.of(5, 6));
    private final Tensor n = g.input("n", ElementType.INT64, Shape.of(2));
    private final Tensor flag = g.input("flag", ElementType.BOOL, Shape.of(4));

    private static void assertRefused(Supplier<?> op, String message) {
        assertThatThrownBy(op::get).isInstanceOf(GraphException.class).hasMessage(message);
    }

    @Test
    void operandsThatDoNotFitAreNamedWithTheirShapes() {
        assertRefused(
                () -> g.matMul(a, b),
                "MatMul of a float[B,3,4] and b float[5,6]: inner sizes 4 and 5 differ");
        assertRefused(
                () -> g.add(a, b),
                "Add of a float[B,3,4] and b float[5,6]: [B,3,4] and [5,6] do not broadcast: 3"
                        + " meets 5");
        assertRefused(
                () -> g.add(b, n),
                "Add of b float[5,6] and n int64[2]: expected operands of one type");
        assertRefused(
                () -> g.reshape(a, Shape.batch(5)),
                "Reshape[to=[B,5]] of a float[B,3,4]: 12*B elements do not fill [B,5], which has"
                        + " 5*B");
        assertRefused(
                () -> g.transpose(b, 0, 0),
                "Transpose[permutation=[0, 0]] of b float[5,6]: [0, 0] is no permutation of its"
                        + " axes");
        assertRefused(
                () -> g.concat(0, a, b),
                "Concat[axis=0] of a float[B,3,4] and b float[5,6]: axis 0 is symbolic; expected a"
                        + " fixed size");
        assertRefused(
                () -> g.concat(-1, a, g.transpose(a, 0, 2, 1)),
                "Concat[axis=2] of a float[B,3,4] and Transpose float[B,4,3]: shapes differ"
                        + " outside axis 2");
        assertRefused(
                () -> g.split(b, 1, 2, 3),
                "Split[axis=1, sizes=[2, 3]] of b float[5,6]: sizes [2, 3] do not add up to 6, the"
                        + " size of axis 1");
        assertRefused(
                () -> g.slice(b, 0, 3, 7),
                "Slice[axis=0, start=3, end=7] of b float[5,6]: expected 0 <= start < end <= 5");
        assertRefused(
                () -> g.gather(b, 0, a),
                "Gather[axis=0] of b float[5,6] and a float[B,3,4]: expected int64 indices");
        assertRefused(
                () -> g.expand(b, Shape.of(5, 7)),
                "Expand[to=[5,7]] of b float[5,6]: [5,6] and [5,7] do not broadcast: 6 meets 7");
        assertRefused(
                () -> g.expand(b, Shape.batch(5, 6)),
                "Expand[to=[B,5,6]] of b float[5,6]: the operand has no dimension B of [B,5,6];"
                        + " use expandLike");
        assertRefused(
                () -> g.reduceSum(b, true, 2),
                "Reduce[reduction=SUM, axes=[2], keepDims=true] of b float[5,6]: axis 2 is none of"
                        + " its axes");
        assertRefused(
                () -> g.softmax(n, 0), "Softmax[axis=0] of n int64[2]: expected float or double");
        assertRefused(
                () -> g.where(a, a, a),
                "Where of a float[B,3,4], a float[B,3,4], a float[B,3,4]: expected a bool"
                        + " condition");
        assertRefused(
                () -> g.and(flag, b),
                "And of flag bool[4] and b float[5,6]: expected bool operands");
        assertRefused(() -> g.exp(n), "Exp of n int64[2]: expected float or double");
        assertRefused(
                () -> g.pad(b, 0, -1, 0),
                "Pad[axis=0, before=-1, after=0] of b float[5,6]: expected paddings of zero or"
                        + " more");
    }

    @Test
    void aTensorOfAnotherBuilderIsRefused() {
        Tensor stranger = new GraphBuilder().input("stranger", Shape.of(4));

        assertRefused(
                () -> g.add(a, stranger),
                "Add of stranger float[4]: the tensor belongs to another builder; expected one of"
                        + " this graph");
        assertRefused(
                () -> g.output("out", stranger),
                "output out of stranger float[4]: the tensor belongs to another builder; expected"
                        + " one of this graph");
    }

    @Test
    void aNameTakenTwiceIsRefused() {
        assertRefused(
                () -> g.input("a", Shape.of(1)),
                "the name 'a' is blank or taken; expected a name of its own");
    }

    @Test
    void aGraphWithoutOutputsIsRefused() {
        assertRefused(g::build, "the graph has no outputs; expected at least one");
    }

    @Test
    void shapesFollowTheOps() {
        assertThat(g.matMul(a, g.input("w", Shape.of(4, 7))).shape()).isEqualTo(Shape.batch(3, 7));
        assertThat(g.add(a, g.input("bias", Shape.of(4))).shape()).isEqualTo(Shape.batch(3, 4));
        assertThat(g.reshape(a, Shape.of(new Dim(3, "B"), 4)).shape()).hasToString("[3*B,4]");
        assertThat(g.transpose(a, 2, 0, 1).shape()).hasToString("[4,B,3]");
        assertThat(g.reduceMean(a, false, 0, -1).shape()).isEqualTo(Shape.of(3));
        assertThat(g.reduceMean(a, true, 0, -1).shape()).isEqualTo(Shape.of(1, 3, 1));
        assertThat(g.split(b, 1, 2, 4))
                .extracting(t -> t.shape().toString())
                .containsExactly("[5,2]", "[5,4]");
        assertThat(g.gather(b, 1, n).shape()).isEqualTo(Shape.of(5, 2));
        assertThat(g.pad(b, 0, 1, 2).shape()).isEqualTo(Shape.of(8, 6));
        assertThat(g.less(b, b).type()).isEqualTo(ElementType.BOOL);
        assertThat(g.expandLike(g.scalar(1), a).shape()).isEqualTo(a.shape());
    }

    @Test
    void equalConstantsAreOneTensor() {
        assertThat(g.scalar(2)).isSameAs(g.scalar(2)).isNotSameAs(g.scalar(3));
    }

    @Test
    void namesFollowScopesAndAreUnique() {
        Tensor first = g.scoped("block0", () -> g.scoped("norm", () -> g.neg(a)));
        Tensor second = g.scoped("block0", () -> g.scoped("norm", () -> g.neg(a)));

        assertThat(first.name()).isEqualTo("block0/norm/Neg");
        assertThat(second.name()).isEqualTo("block0/norm/Neg_1");
        assertThat(g.neg(a).name()).isEqualTo("Neg");
    }

    @Test
    void whatNoOutputNeedsIsLeftOut() {
        Tensor kept = g.exp(a);
        g.mul(g.log(a), 7);
        g.output("out", g.add(kept, 1));

        Graph graph = g.build();

        assertThat(graph.nodes())
                .extracting(node -> node.op().onnxName())
                .containsExactly("Exp", "Add", "Identity");
        assertThat(graph.initializers()).hasSize(1);
        assertThat(graph.inputs()).containsExactly(a, b, n, flag);
    }

    @Test
    void nodesCanBeWalkedAndBuildingGoesOnAfterwards() {
        Tensor product = g.mul(b, 2);
        List<Node> before = g.nodes();
        g.neg(product);

        assertThat(before).hasSize(1);
        assertThat(g.nodes()).hasSize(2);
        assertThat(g.producer(product)).contains(before.get(0));
        assertThat(g.producer(b)).isEmpty();
        assertThat(g.data(before.get(0).input(1)).orElseThrow().toFloats()).containsExactly(2f);
    }

    @Test
    void aBuilderOfDoublesMakesDoubles() {
        GraphBuilder doubles = new GraphBuilder(ElementType.DOUBLE);
        Tensor x = doubles.input("x", Shape.of(2));

        assertThat(doubles.add(x, 1).type()).isEqualTo(ElementType.DOUBLE);
        assertThat(doubles.cast(x, ElementType.FLOAT).type()).isEqualTo(ElementType.FLOAT);
        assertRefused(
                () -> new GraphBuilder(ElementType.INT64),
                "a builder's floating type is int64; expected float or double");
    }

    @Test
    void constantsOfTheWrongNumberOfElementsAreRefused() {
        assertRefused(
                () -> g.constant(Shape.of(3), 1, 2),
                "a constant float[3] has 2 elements given; expected 3");
        assertRefused(
                () -> new Shape(List.of(Dim.BATCH, Dim.BATCH)),
                "the shape [B, B] has several symbolic dimensions; expected at most one");
    }
}
