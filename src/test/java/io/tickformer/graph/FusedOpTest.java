package io.tickformer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.graph.FusedOp.BufferedAttention;
import io.tickformer.graph.FusedOp.LayerNorm;
import io.tickformer.graph.FusedOp.RootMeanSquareNorm;
import io.tickformer.graph.FusedOp.RotaryEmbedding;
import io.tickformer.graph.FusedOp.TanhGelu;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusedOpTest {
    private final GraphBuilder g = GraphBuilder.fusing();
    private final Tensor z = g.input("z", Shape.batch(1, 16));
    private final Tensor scale = g.input("scale", Shape.of(16));
    private final Tensor other = g.input("other", Shape.of(8));
    private final Tensor row = g.input("row", ElementType.INT64, Shape.batch(1));
    private final Tensor table = g.input("table", Shape.of(5, 4));
    private final Tensor count = g.input("count", ElementType.INT32, Shape.batch());
    private final Tensor capacity = g.constant(TensorData.ints(Shape.SCALAR, 3));

    private Tensor buffer(String name, long heads, long tokens, long width) {
        return g.input(name, Shape.batch(heads, tokens, width));
    }

    private void assertRefused(Op op, String message, Tensor... operands) {
        assertThatThrownBy(() -> g.applyAll(op, List.of(operands)))
                .isInstanceOf(GraphException.class)
                .hasMessage(message);
    }

    @Test
    void resultsHaveTheShapesOfTheirOperands() {
        assertThat(g.apply(new RootMeanSquareNorm(1e-5), z, scale).shape()).isEqualTo(z.shape());
        assertThat(g.apply(new LayerNorm(1e-5), z, scale, scale).shape()).isEqualTo(z.shape());
        assertThat(g.apply(new TanhGelu(), z).shape()).isEqualTo(z.shape());
        assertThat(g.apply(new RotaryEmbedding(2), z, row, table, table).shape())
                .isEqualTo(z.shape());
        Tensor keys = buffer("keys", 2, 3, 8);
        Tensor values = buffer("values", 2, 3, 8);
        assertThat(
                        g.applyAll(
                                new BufferedAttention(2),
                                List.of(z, z, z, keys, values, count, capacity)))
                .extracting(Tensor::shape)
                .containsExactly(z.shape(), keys.shape(), values.shape());
    }

    @Test
    void normsThatDoNotFitAreNamedWithTheirShapes() {
        assertRefused(
                new RootMeanSquareNorm(1e-5),
                "RootMeanSquareNorm[epsilon=1.0E-5] of z float[B,1,16] and other float[8]: expected"
                        + " scale and shift of the size of the last axis",
                z,
                other);
        assertRefused(
                new LayerNorm(1e-5),
                "LayerNorm[epsilon=1.0E-5] of z float[B,1,16] and scale float[16]: expected 3"
                        + " operands",
                z,
                scale);
        assertRefused(
                new TanhGelu(),
                "TanhGelu[] of z float[B,1,16] and z float[B,1,16]: expected one operand",
                z,
                z);
    }

    @Test
    void rotationsThatDoNotFitAreNamedWithTheirShapes() {
        assertRefused(
                new RotaryEmbedding(1),
                "RotaryEmbedding[heads=1] of z float[B,1,16], row int64[B,1], table float[5,4],"
                        + " table float[5,4]: expected tables of half the width of a head",
                z,
                row,
                table,
                table);
        assertRefused(
                new RotaryEmbedding(2),
                "RotaryEmbedding[heads=2] of z float[B,1,16], z float[B,1,16], table float[5,4],"
                        + " table float[5,4]: expected rows of int64",
                z,
                z,
                table,
                table);
    }

    @Test
    void attentionThatDoesNotFitIsNamedWithItsShapes() {
        Tensor keys = buffer("keys", 2, 3, 8);
        Tensor narrow = buffer("narrow", 4, 3, 4);
        Tensor values = buffer("values", 2, 4, 8);
        assertRefused(
                new BufferedAttention(4),
                "BufferedAttention[heads=4] of z float[B,1,16], z float[B,1,16], z float[B,1,16],"
                        + " narrow float[B,4,3,4], narrow float[B,4,3,4], count int32[B], constant"
                        + " int32[]: expected heads whose width is a multiple of 8",
                z,
                z,
                z,
                narrow,
                narrow,
                count,
                capacity);
        assertRefused(
                new BufferedAttention(2),
                "BufferedAttention[heads=2] of z float[B,1,16], z float[B,1,16], z float[B,1,16],"
                        + " keys float[B,2,3,8], values float[B,2,4,8], count int32[B], constant"
                        + " int32[]: expected keys and values [B,h,W,w]",
                z,
                z,
                z,
                keys,
                values,
                count,
                capacity);
        assertRefused(
                new BufferedAttention(2),
                "BufferedAttention[heads=2] of z float[B,1,16], z float[B,1,16], z float[B,1,16],"
                        + " keys float[B,2,3,8], keys float[B,2,3,8], row int64[B,1], constant"
                        + " int32[]: expected count and capacity of int32",
                z,
                z,
                z,
                keys,
                keys,
                row,
                capacity);
    }

    @Test
    void anOrdinaryBuilderDoesNotFuse() {
        assertThat(new GraphBuilder().fuses()).isFalse();
        assertThat(g.fuses()).isTrue();
        assertThat(g.floatType()).isEqualTo(ElementType.FLOAT);
    }
}
