package io.tickformer.cli.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.console.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardFileTest {
    @TempDir private Path folder;
    private Path model;
    private CardFile card;

    @BeforeEach
    void nameACard() {
        model = folder.resolve("load.onnx");
        card = CardFile.of(model);
    }

    @Test
    void theCardStandsBesideTheModelUnderItsName() {
        assertThat(card.path()).isEqualTo(folder.resolve("load.md"));
        assertThat(CardFile.of(Path.of("load")).path()).isEqualTo(Path.of("load.md"));
    }

    @Test
    void aPageThatIsNoCardIsNotReplaced() throws IOException {
        card.requireReplaceable();
        Files.writeString(card.path(), "# My notes\n");

        assertThatThrownBy(card::requireReplaceable)
                .isInstanceOf(UserError.class)
                .hasMessage(
                        card.path()
                                + ": this is not a model card and would be overwritten by one; move"
                                + " it, or give another --output");
    }

    @Test
    void aCardSaysOfWhichVersionItIs() throws IOException {
        card.write("# Model card\n\n" + CardFile.mark("abc") + "\n");

        assertThat(card.version()).contains("abc");
        card.requireReplaceable();
        card.requireOf("abc");
        assertThatThrownBy(() -> card.requireOf("def"))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        card.path()
                                + ": this is the card of version abc, but the model has version"
                                + " def; train the model again");
        assertThatThrownBy(() -> CardFile.of(folder.resolve("other.onnx")).requireOf("abc"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(folder.resolve("other.md") + ": there is no model card");
    }

    @Test
    void aSectionTakesThePlaceOfItsPredecessorAlone() {
        String page = "# Card\n\n## Backtest\n\n" + CardFile.noBacktests() + "\n\n## Limits\n";

        String one = CardFile.with(page, "one", "first\n");
        String both = CardFile.with(one, "two", "second\n");
        String anew = CardFile.with(both, "one", "third\n");

        assertThat(anew)
                .isEqualTo(
                        """
                        # Card

                        ## Backtest

                        <!-- backtest one begin -->

                        third

                        <!-- backtest one end -->

                        <!-- backtest two begin -->

                        second

                        <!-- backtest two end -->

                        <!-- backtests end -->

                        ## Limits
                        """);
        assertThat(CardFile.with(anew, "two", "second\n")).isEqualTo(anew);
    }

    @Test
    void aPageWithoutAPlaceForThemGetsThemAtItsEnd() {
        assertThat(CardFile.with("# Card\n", "one", "first\n"))
                .isEqualTo(
                        """
                        # Card

                        <!-- backtest one begin -->

                        first

                        <!-- backtest one end -->
                        """);
    }
}
