// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.record;

import java.util.regex.Pattern;

/** Takes secrets out of what was typed, before it is written down anywhere. */
final class Secrets {
    private static final String WORD = "(?:'[^']*'?|\"(?:\\\\.|[^\"\\\\])*\"?|[^\\s;|}{)(\\[\\]]+)";

    /** {@code mail.password=x}, {@code --passphrase x}, {@code clientSecret 'x y'}: what follows a name of a secret. */
    private static final Pattern NAMED = Pattern.compile(
            "(?i)([\\w.-]*(?:password|passwd|passphrase|secret|token|credential|private[_-]?key)[\\w.-]*[\"']?)(\\s*=\\s*|\\s*:\\s*|\\s+)"
                    + WORD);

    /** The short options that programs ask a password with. */
    private static final Pattern SHORT = Pattern.compile("(\\s-[pP])(\\s*=\\s*|\\s+)" + WORD);

    /** A bearer token, wherever it stands. */
    private static final Pattern TOKEN = Pattern.compile("solera_[A-Za-z0-9_-]{6,}");

    /** {@code scheme://user:password@host}. */
    private static final Pattern ADDRESS = Pattern.compile("(://[^/\\s:@]*:)[^/\\s@]+@");

    /** Names of commands that end in such a word and take no secret behind it. */
    private static final Pattern COMMAND = Pattern.compile("(?i)^[a-z]+:(?:password|tokens?|token-[a-z]+)$");

    private Secrets() {}

    /** {@return the text with {@code ***} in the place of secrets} */
    static String mask(String text) {
        String masked = NAMED.matcher(text)
                .replaceAll(found -> COMMAND.matcher(found.group(1)).matches() || isCommand(text, found.start())
                        ? java.util.regex.Matcher.quoteReplacement(found.group())
                        : java.util.regex.Matcher.quoteReplacement(found.group(1) + found.group(2) + "***"));
        masked = SHORT.matcher(masked).replaceAll("$1$2***");
        masked = TOKEN.matcher(masked).replaceAll("solera_***");
        return ADDRESS.matcher(masked).replaceAll("$1***@");
    }

    /** Whether the word is the name of a command: {@code users:password anna}. */
    private static boolean isCommand(String text, int at) {
        return at > 0 && text.charAt(at - 1) == ':' && at > 1 && Character.isLetter(text.charAt(at - 2));
    }
}
