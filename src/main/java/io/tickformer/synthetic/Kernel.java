package io.tickformer.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * A covariance kernel, stored as a sum of products. Kernels of Gaussian processes are closed under
 * sums and products, and multiplying out is exact.
 *
 * @param terms the summands
 */
record Kernel(List<Term> terms) {
    Kernel {
        terms = List.copyOf(terms);
    }

    /**
     * A product of kernels.
     *
     * @param spectra spectra of stationary kernels; the spectrum of their product is that of the
     *     sum of their frequencies
     * @param centres c of linear kernels, {@code (x - c)(x' - c)}, with x rising from 0 to 1 over a
     *     series
     */
    record Term(List<Spectrum> spectra, List<Double> centres) {
        Term {
            spectra = List.copyOf(spectra);
            centres = List.copyOf(centres);
        }

        private Term times(Term other) {
            List<Spectrum> both = new ArrayList<>(spectra);
            both.addAll(other.spectra);
            List<Double> lines = new ArrayList<>(centres);
            lines.addAll(other.centres);
            return new Term(both, lines);
        }

        private double at(double first, double second, int length) {
            double product = 1;
            for (Spectrum spectrum : spectra) {
                product *= spectrum.at(first - second);
            }
            for (double centre : centres) {
                product *= (first / length - centre) * (second / length - centre);
            }
            return product;
        }
    }

    static Kernel of(Spectrum spectrum) {
        return new Kernel(List.of(new Term(List.of(spectrum), List.of())));
    }

    /** {@code (x - c)(x' - c)}: straight lines with a zero at c. */
    static Kernel linear(double centre) {
        return new Kernel(List.of(new Term(List.of(), List.of(centre))));
    }

    Kernel plus(Kernel other) {
        List<Term> all = new ArrayList<>(terms);
        all.addAll(other.terms);
        return new Kernel(all);
    }

    Kernel times(Kernel other) {
        List<Term> products = new ArrayList<>();
        for (Term term : terms) {
            for (Term factor : other.terms) {
                products.add(term.times(factor));
            }
        }
        return new Kernel(products);
    }

    /** The covariance of two ticks of a series. */
    double at(double first, double second, int length) {
        double sum = 0;
        for (Term term : terms) {
            sum += term.at(first, second, length);
        }
        return sum;
    }
}
