package io.tickformer.inference;

import io.tickformer.annotation.Internal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes the SHA-256 of some content, which identifies it. */
@Internal
public final class ContentHash {
    private ContentHash() {}

    /** The SHA-256 in hexadecimal, 64 digits. */
    public static String of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
