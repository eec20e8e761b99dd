package io.tickformer.testing;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of a test, made with the JDK's keytool, with a server's certificate, for
 * {@code localhost} by that name alone, and a client's. Beside it stands a second authority that
 * has signed nothing.
 */
public final class Certificates {
    /** Password of every store. */
    public static final String PASSWORD = "store-password-q7";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    public static Certificates in(Path folder) throws IOException, InterruptedException {
        Certificates made = new Certificates(folder);
        made.authority("authority");
        made.authority("stranger");
        made.signed("server", "san=dns:localhost");
        made.signed("client", "eku=clientAuth");
        return made;
    }

    /** The authority's certificate, PEM. */
    public Path authority() {
        return folder.resolve("authority.pem");
    }

    /** The certificate of the authority that has signed nothing, PEM. */
    public Path stranger() {
        return folder.resolve("stranger.pem");
    }

    /** The server's key and certificate, PKCS12. */
    public Path server() {
        return folder.resolve("server.p12");
    }

    /** The client's key and certificate, PKCS12. */
    public Path client() {
        return folder.resolve("client.p12");
    }

    /** What a server needs that shows its certificate and trusts those of the authority. */
    public SSLContext serverContext() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(server().toFile())) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private void authority(String name) throws IOException, InterruptedException {
        key(name, "-ext", "bc:c");
        keytool(name, "-exportcert", "-alias", name, "-rfc", "-file", file(name + ".pem"));
    }

    private void signed(String name, String extension) throws IOException, InterruptedException {
        key(name);
        keytool(name, "-certreq", "-alias", name, "-file", file(name + ".csr"));
        keytool(
                "authority",
                "-gencert",
                "-alias",
                "authority",
                "-rfc",
                "-ext",
                extension,
                "-infile",
                file(name + ".csr"),
                "-outfile",
                file(name + ".pem"));
        keytool(name, "-importcert", "-noprompt", "-alias", "ca", "-file", file("authority.pem"));
        keytool(name, "-importcert", "-noprompt", "-alias", name, "-file", file(name + ".pem"));
    }

    private void key(String name, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name));
        arguments.addAll(List.of("-dname", "CN=" + name, "-keyalg", "EC"));
        arguments.addAll(List.of(more));
        keytool(name, arguments.toArray(String[]::new));
    }

    private void keytool(String store, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", file(store + ".p12"), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD));
        Files.createDirectories(folder);
        try (WatchedProcess process = WatchedProcess.start("keytool", command, Map.of())) {
            process.awaitEnd(PATIENCE);
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
