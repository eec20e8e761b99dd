package io.tickformer.kafka;

import io.tickformer.annotation.Internal;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Explains in one line why a connection failed, and what to do. */
@Internal
public final class ConnectionAdvice {
    private ConnectionAdvice() {}

    /** Explains why a request to the brokers failed. The text never contains a secret. */
    public static String onBrokers(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isAboutJaas(cause)) {
                // The message of this exception may quote a part of a password that contains a
                // quotation mark.
                return "kafka.properties.sasl.jaas.config cannot be parsed; expected LOGIN.MODULE required username=\"...\" password=\"...\"; and a backslash before each quotation mark or backslash in a value";
            }
            if (cause instanceof SecretReferenceException) {
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
                return cause.getMessage() + "; the user is not authorized for that";
            }
            if (cause instanceof TimeoutException) {
                return cause.getMessage()
                        + "; are the brokers running, and do they use the protocol in kafka.properties.security.protocol (PLAINTEXT if it is not set)?";
            }
        }
        return innermostOfKafka(failure);
    }

    /**
     * Explains why a TLS connection failed; {@code settings} is the prefix of the setting names.
     */
    public static String onTls(Throwable failure, String settings) {
        String text = messages(failure);
        if (text.contains("certification path") || text.contains("unknown_ca")) {
            return "its certificate is not signed by a trusted authority; set the file with the authority's certificate in "
                    + settings
                    + "truststore.location";
        }
        if (text.contains("no subject alternative") || text.contains("no name matching")) {
            return "its certificate is for another host name; connect with the name in the certificate, or issue a certificate for this name";
        }
        if (text.contains("certificate_required")
                || text.contains("bad_certificate")
                || text.contains("certificate_unknown")) {
            return "it requires a client certificate that it trusts; set the file with the job's certificate in "
                    + settings
                    + "keystore.location";
        }
        if (text.contains("unrecognized ssl message") || text.contains("plaintext connection")) {
            return "it does not speak TLS at this port";
        }
        return "the TLS handshake failed: " + innermost(failure).getMessage();
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

    /** The message of the innermost Kafka exception, which names the property. */
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
