// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.StorageException;

/**
 * What a download asks for: {@code /<bucket>/<key>[?<operations>][&attname=<name>][&e=<deadline>&token=<token>]}. Keys are
 * opaque: dots and slashes in them have no meaning.
 *
 * @param object the object
 * @param operations the operation string, decoded
 * @param attachment the file name under which the client wants to save it
 * @param signed path and query as they were signed, raw; empty when there is no token
 * @param deadline when the signature ends, as written; empty when it was not given
 * @param token the token, decoded; empty when there is none
 */
record DownloadRequest(
        ObjectKey object,
        Optional<String> operations,
        Optional<String> attachment,
        String signed,
        String deadline,
        String token) {
    private static final int BASE_16 = 16;

    /** Parses a raw request target. */
    static DownloadRequest parse(String target) throws SoleraException {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        ObjectKey object = object(path);
        Optional<String> operations = Optional.empty();
        Optional<String> attachment = Optional.empty();
        String deadline = "";
        String token = "";
        String signed = "";
        int at = 0;
        for (String part : query.split("&", -1)) {
            if (part.startsWith("token=")) {
                token = decode(part.substring("token=".length()));
                // Up to the separator before the token; a token that is not the last part does not match.
                signed = at == 0 ? path : path + '?' + query.substring(0, at - 1);
            } else if (part.startsWith("e=")) {
                deadline = part.substring("e=".length());
            } else if (part.startsWith("attname=")) {
                attachment = Optional.of(decode(part.substring("attname=".length())));
            } else if (at == 0 && isOperation(part)) {
                operations = Optional.of(decode(part));
            }
            at += part.length() + 1;
        }
        if (!token.isEmpty() && query.lastIndexOf("token=") + "token=".length() < query.lastIndexOf('&')) {
            throw invalid(
                    "The token is not the last part of the address.", "Sign the whole address, then add the token.");
        }
        return new DownloadRequest(object, operations, attachment, signed, deadline, token);
    }

    /** An operation is a word that is not followed by an equals sign before its first slash or bar. */
    private static boolean isOperation(String part) {
        String name = part.split("/|\\||%7C|%7c", 2)[0];
        return !name.isEmpty() && name.indexOf('=') < 0;
    }

    private static ObjectKey object(String path) throws SoleraException {
        int slash = path.indexOf('/', 1);
        if (!path.startsWith("/") || slash < 0 || slash == path.length() - 1) {
            throw invalid("The address names no object.", "Use /<bucket>/<key>.");
        }
        try {
            BucketName bucket = BucketName.parse(decode(path.substring(1, slash)));
            return ObjectKey.parse(bucket, decode(path.substring(slash + 1)));
        } catch (StorageException invalid) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST, String.valueOf(invalid.getMessage()), invalid.nextAction(), invalid);
        }
    }

    private static SoleraException invalid(String message, String next) {
        return new SoleraException(PlatformError.INVALID_REQUEST, message, next, null);
    }

    /** Decodes percent signs strictly: two hexadecimal digits each, valid UTF-8 in the end. A plus is a plus. */
    static String decode(String raw) throws SoleraException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char each = raw.charAt(i);
            if (each == '%') {
                int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), BASE_16) : -1;
                int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), BASE_16) : -1;
                if (high < 0 || low < 0) {
                    throw invalid("A percent sign in the address is not followed by two digits.", "Write it as %25.");
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else if (each > 0x20 && each < 0x7f) {
                bytes.write(each);
            } else if (each > 0x7f && each < 0x100) {
                bytes.write(each); // a byte that the client did not encode; its text is checked below
            } else {
                throw invalid("The address holds a character that must be encoded.", "Encode it with percent signs.");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST, "The address is not UTF-8 text.", "Encode it as UTF-8.", notText);
        }
    }
}
