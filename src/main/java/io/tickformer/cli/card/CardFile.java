package io.tickformer.cli.card;

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
 * The model card beside a model's file, {@code NAME.md} beside {@code NAME.onnx}. It says in a
 * comment of which version of the model it is, and between which lines each backtest stands, so
 * that one can be replaced and the rest stay.
 */
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

    /** The comment that makes a page a card. */
    static String mark(String version) {
        return "<!-- tickformer model card, version %s -->".formatted(version);
    }

    /** Where the backtests of a new card stand. */
    static String noBacktests() {
        return BACKTESTS_END;
    }

    /**
     * Refuses to replace a page that is something else.
     *
     * @throws UserError if there is a file in the card's place that is no card
     */
    public void requireReplaceable() throws IOException {
        if (Files.exists(path) && version().isEmpty()) {
            throw new UserError(
                    "%s: it is no model card and would be replaced by one; move it, or give another"
                                    .formatted(path)
                            + " --output");
        }
    }

    /** The version of the model that the card is of; empty if there is no card. */
    public Optional<String> version() throws IOException {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        Matcher mark = MARK.matcher(Files.readString(path));
        return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
    }

    /** Writes the card, all of it or nothing. */
    public void write(String page) throws IOException {
        AtomicFile.write(path, page.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Puts a backtest into the card, in place of the one with the same key or after the others.
     *
     * @throws UserError if there is no card of this version of the model
     */
    public void put(String version, CardEntry entry) throws IOException {
        requireOf(version);
        write(with(Files.readString(path), entry.key(), entry.markdown()));
    }

    /**
     * Checks that the card is that of a model.
     *
     * @throws UserError if it is not there or of another version
     */
    public void requireOf(String version) throws IOException {
        String found =
                version()
                        .orElseThrow(
                                () ->
                                        new UserError(
                                                path
                                                        + ": there is no model card, as 'tickformer"
                                                        + " train' writes one beside the model"));
        if (!found.equals(version)) {
            throw new UserError(
                    ("%s: it is the card of version %s, and the model is of version %s; train it"
                                    + " anew")
                            .formatted(path, found, version));
        }
    }

    /** The page with a backtest put in. */
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
