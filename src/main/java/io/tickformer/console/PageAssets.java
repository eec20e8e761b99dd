package io.tickformer.console;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Scripts and styles of HTML pages, read from the class path. */
@Internal
public final class PageAssets {
    private static final String PLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** The script of uPlot, which draws the plots. */
    public static final String PLOT_SCRIPT = PLOT + "uPlot.iife.min.js";

    /** The style sheet of uPlot. */
    public static final String PLOT_STYLE = PLOT + "uPlot.min.css";

    private PageAssets() {}

    /** The text of a resource, given its absolute name. */
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

    /** Escapes JSON for a script element of a page, so that no text in it can end the element. */
    public static String embedded(String json) {
        return json.replace("<", "\\u003c");
    }
}
