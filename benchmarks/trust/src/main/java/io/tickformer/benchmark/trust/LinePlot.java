package io.tickformer.benchmark.trust;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A plot of lines over ticks. */
final class LinePlot {
    private static final Color[] COLOURS = {
        new Color(0x1F5FBF), new Color(0xD9822B), new Color(0x2E8B57), new Color(0x9B59B6)
    };

    private final XYChart chart;
    private final int from;
    private int lines;

    /**
     * @param from the first tick that is shown
     */
    LinePlot(String title, String unit, int from) {
        this.from = from;
        chart =
                new XYChartBuilder()
                        .width(900)
                        .height(300)
                        .title(title)
                        .xAxisTitle("tick")
                        .yAxisTitle(unit)
                        .build();
        chart.getStyler()
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setChartBackgroundColor(Color.WHITE)
                .setLegendBorderColor(Color.WHITE)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        chart.getStyler().setPlotGridVerticalLinesVisible(false).setPlotBorderVisible(false);
    }

    /** Adds a line, one value per tick. */
    void add(String name, double[] values) {
        XYSeries series = line(name, values);
        series.setLineColor(COLOURS[lines % COLOURS.length]);
        lines++;
    }

    /** Adds a thin level line without an entry in the legend. */
    void addLevel(double level) {
        double[] ends = new double[chart.getSeriesMap().values().iterator().next().getXData().length];
        Arrays.fill(ends, level);
        double[] ticks = new double[ends.length];
        Arrays.setAll(ticks, i -> from + i);
        XYSeries series = chart.addSeries("level " + level, ticks, ends);
        series.setShowInLegend(false);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(Color.GRAY);
        series.setLineStyle(new BasicStroke(0.7f));
    }

    private XYSeries line(String name, double[] values) {
        double[] shown = Arrays.copyOfRange(values, from, values.length);
        double[] ticks = new double[shown.length];
        Arrays.setAll(ticks, i -> from + i);
        XYSeries series = chart.addSeries(name, ticks, shown);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(new BasicStroke(1.4f));
        return series;
    }

    /** Writes the picture. */
    void write(Path file) throws IOException {
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }
}
