package io.tickformer.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that pages are made of, from the class path. */
public final class PageAssets {
    private static final String PLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** uPlot, which draws the plots: its script. */
    public static final String PLOT_SCRIPT = PLOT + "uPlot.iife.min.js";

    /** uPlot's style sheet. */
    public static final String PLOT_STYLE = PLOT + "uPlot.min.css";

    private PageAssets() {}

    /** The text of a resource, by its absolute name. */
    public static String text(String resource) {
        try (InputStream in = PageAssets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * JSON as it may stand within a script element of a page: no text in it can end the element.
     */
    public static String embedded(String json) {
        return json.replace("<", "\\u003c");
    }
}
