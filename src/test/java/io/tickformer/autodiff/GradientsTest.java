package io.tickformer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.graph.ElementType;
import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Op;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientsTest {
    private final GraphBuilder g = new GraphBuilder();
    private final Tensor x = g.input("x", Shape.of(3));
    private final Tensor y = g.input("y", Shape.of(3));

    @Test
    void aTensorReadByManyNodesCollectsTheCotangentsOfAll() {
        GradientCheck.of(
                        (b, in) -> {
                            Tensor a = in.get(0);
                            Tensor e = b.exp(a);
                            return b.add(b.mul(e, a), b.add(b.mul(e, e), b.tanh(a)));
                        })
                .input(-1, 1, 4)
                .agrees();
    }

    @Test
    void whatIsNotDifferentiableStopsTheGradient() {
        GradientCheck.of((b, in) -> b.mul(in.get(0), b.add(b.sign(in.get(0)), 3)))
                .input(0.5, 2, 4)
                .agrees();
    }

    @Test
    void aLossThatDoesNotDependOnATensorHasZeroGradientForIt() {
        GradientCheck.of((b, in) -> b.mul(in.get(0), in.get(0)))
                .input(-1, 1, 3)
                .input(-1, 1, 2, 2)
                .agrees();
    }

    @Test
    void aMissingRuleNamesOpNodeAndOperand() {
        Tensor loss = g.sumAll(g.mul(y, g.exp(x)));

        assertThatThrownBy(
                        () -> Gradients.of(g, loss, List.of(x), DerivativeRules.ALL.without("Exp")))
                .isInstanceOf(DerivativeException.class)
                .hasMessageContaining("op Exp (node Exp) has no derivative rule for its operand 0")
                .hasMessageContaining("x float[3]");
    }

    @Test
    void aMissingRuleOffTheWayDoesNotMatter() {
        Tensor loss = g.sumAll(g.mul(y, g.exp(x)));

        assertThat(Gradients.of(g, loss, List.of(y), DerivativeRules.ALL.without("Exp")))
                .hasSize(1);
    }

    @Test
    void branchesThatNeedNoGradientAddNoNodes() {
        Tensor loss = g.sumAll(g.mul(y, g.tanh(g.exp(x))));
        g.output("gradient", Gradients.of(g, loss, List.of(y)).get(0));

        Graph graph = g.build();

        assertThat(graph.nodes())
                .extracting(node -> node.op().onnxName())
                .containsExactly("Exp", "Tanh", "Identity");
    }

    @Test
    void theCotangentOfASumIsNotLaidOutBeforeAProduct() {
        Tensor loss = g.sumAll(g.mul(g.tanh(x), y));
        g.output("gradient", Gradients.of(g, loss, List.of(x)).get(0));

        assertThat(g.build().nodes()).noneMatch(node -> node.op() instanceof Op.Expand);
    }

    @Test
    void theSameLossGivesTheSameNames() {
        assertThat(names()).isEqualTo(names());
    }

    private static List<String> names() {
        GraphBuilder b = new GraphBuilder();
        Tensor in = b.input("in", Shape.of(2, 2));
        Tensor loss = b.sumAll(b.softmax(b.matMul(in, in), 1));
        b.output("gradient", Gradients.of(b, loss, List.of(in)).get(0));
        return b.build().nodes().stream().map(node -> node.name()).toList();
    }

    @Test
    void aLossOfManyElementsIsRefused() {
        assertThatThrownBy(() -> Gradients.of(g, x, List.of(x)))
                .isInstanceOf(DerivativeException.class)
                .hasMessage("the loss is x float[3]; expected one float or double");
    }

    @Test
    void aGradientForIndicesIsRefused() {
        Tensor indices = g.input("indices", ElementType.INT64, Shape.of(2));

        assertThatThrownBy(() -> Gradients.of(g, g.sumAll(x), List.of(indices)))
                .isInstanceOf(DerivativeException.class)
                .hasMessageContaining("indices int64[2]")
                .hasMessageContaining("expected a float or double tensor");
    }
}
