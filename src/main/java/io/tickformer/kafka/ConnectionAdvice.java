package io.tickformer.kafka;

import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Says in one line why a server could not be reached safely, and what to do. */
public final class ConnectionAdvice {
    private ConnectionAdvice() {}

    /** Why the brokers could not be asked. No secret is in it, whatever the properties are. */
    public static String onBrokers(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isAboutJaas(cause)) {
                // Its own message may quote a piece of a password with a quotation mark in it.
                return "kafka.properties.sasl.jaas.config cannot be read; expected LOGIN.MODULE"
                        + " required username=\"...\" password=\"...\"; with a backslash before any"
                        + " quotation mark or backslash in a value";
            }
            if (cause instanceof ReferenceException) {
                return cause.getMessage();
            }
            if (cause instanceof SaslAuthenticationException) {
                return cause.getMessage()
                        + "; check the user and the password in kafka.properties.sasl.jaas.config,"
                        + " and kafka.properties.sasl.mechanism";
            }
            if (cause instanceof UnsupportedSaslMechanismException) {
                return cause.getMessage() + "; check kafka.properties.sasl.mechanism";
            }
            if (cause instanceof SSLException || cause instanceof SslAuthenticationException) {
                return onTls(failure, "kafka.properties.ssl.");
            }
            if (cause instanceof AuthorizationException) {
                return cause.getMessage() + "; the user lacks the right to do that";
            }
            if (cause instanceof TimeoutException) {
                return cause.getMessage()
                        + "; are they there, and do they speak what"
                        + " kafka.properties.security.protocol says (PLAINTEXT if it is not set)?";
            }
        }
        return innermostOfKafka(failure);
    }

    /** Why TLS does not come about; {@code settings} is what names of settings begin with. */
    public static String onTls(Throwable failure, String settings) {
        String text = messages(failure);
        if (text.contains("certification path") || text.contains("unknown_ca")) {
            return "its certificate is signed by nobody who is trusted; name the file of that"
                    + " authority's certificate in "
                    + settings
                    + "truststore.location";
        }
        if (text.contains("no subject alternative") || text.contains("no name matching")) {
            return "its certificate is one of another host; ask for it by the name in the"
                    + " certificate, or give it one with the name that is asked for";
        }
        if (text.contains("certificate_required")
                || text.contains("bad_certificate")
                || text.contains("certificate_unknown")) {
            return "it asks for a certificate that it trusts; name the file of the job's own in "
                    + settings
                    + "keystore.location";
        }
        if (text.contains("unrecognized ssl message") || text.contains("plaintext connection")) {
            return "it does not speak TLS at this port";
        }
        return "TLS does not come about: " + innermost(failure).getMessage();
    }

    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isAboutJaas(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().endsWith(".JaasConfig");
    }

    private static Throwable innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost;
    }

    /** Kafka's own words, the last of them, as they name the property. */
    private static String innermostOfKafka(Throwable failure) {
        Throwable told = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KafkaException && cause.getMessage() != null) {
                told = cause;
            }
        }
        return told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
    }
}
