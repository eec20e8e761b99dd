package io.tickformer.cli.card;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import io.tickformer.training.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The model card next to a model file: {@code NAME.md} for {@code NAME.onnx}. Comments in it name
 * the version of the model and mark each backtest, so that one backtest can be replaced without
 * changing the rest.
 */
@Internal
public final class CardFile {
    private static final Pattern MARK =
            Pattern.compile("(?m)^<!-- tickformer model card, version (\\S+) -->$");
    private static final String ENDING = ".onnx";
    private static final String BACKTESTS_END = "<!-- backtests end -->";

    private final Path path;

    private CardFile(Path path) {
        this.path = path;
    }

    /** The card of a model. */
    public static CardFile of(Path model) {
        String name = model.getFileName().toString();
        String stem =
                name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return new CardFile(model.resolveSibling(stem + ".md"));
    }

    public Path path() {
        return path;
    }

    /** The comment that identifies a page as a card. */
    static String mark(String version) {
        return "<!-- tickformer model card, version %s -->".formatted(version);
    }

    /** The empty section of backtests of a new card. */
    static String noBacktests() {
        return BACKTESTS_END;
    }

    /**
     * Refuses to overwrite a page that is not a card.
     *
     * @throws UserError if the file exists and is not a card
     */
    public void requireReplaceable() throws IOException {
        if (Files.exists(path) && version().isEmpty()) {
            throw new UserError(
                    ("%s: this is not a model card and would be overwritten by one; move it, or"
                                    + " give another --output")
                            .formatted(path));
        }
    }

    /** The model version of the card; empty if there is no card. */
    public Optional<String> version() throws IOException {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        Matcher mark = MARK.matcher(Files.readString(path));
        return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
    }

    /** Writes the card atomically. */
    public void write(String page) throws IOException {
        AtomicFile.write(path, page.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a backtest. It replaces an entry with the same key.
     *
     * @throws UserError if there is no card of this model version
     */
    public void put(String version, BacktestSection entry) throws IOException {
        requireOf(version);
        write(with(Files.readString(path), entry.key(), entry.markdown()));
    }

    /**
     * Checks that the card belongs to a model.
     *
     * @throws UserError if it is missing or belongs to another version
     */
    public void requireOf(String version) throws IOException {
        String found =
                version()
                        .orElseThrow(
                                () ->
                                        new UserError(
                                                path
                                                        + ": there is no model card; 'tickformer"
                                                        + " train' writes one next to the model"));
        if (!found.equals(version)) {
            throw new UserError(
                    ("%s: this is the card of version %s, but the model has version %s; train the"
                                    + " model again")
                            .formatted(path, found, version));
        }
    }

    /** The page with the backtest added. */
    static String with(String page, String key, String markdown) {
        String begin = "<!-- backtest %s begin -->\n".formatted(key);
        String end = "<!-- backtest %s end -->\n".formatted(key);
        String section = begin + "\n" + markdown + "\n" + end;
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from >= 0 && to > from) {
            return page.substring(0, from) + section + page.substring(to + end.length());
        }
        int place = page.indexOf(BACKTESTS_END);
        if (place < 0) {
            return page.stripTrailing() + "\n\n" + section;
        }
        return page.substring(0, place) + section + "\n" + page.substring(place);
    }
}
