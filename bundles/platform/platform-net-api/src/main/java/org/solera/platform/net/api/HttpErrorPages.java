// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a protocol words the errors that its port makes: too many headers, a timeout, nobody there. An {@link HttpHandler}
 * may implement it; the port then asks the handler that would have served the request, or the best one of the port where
 * the request cannot be read. Without it such an error is a sentence in {@code text/plain}.
 */
@ConsumerType
public interface HttpErrorPages {
    /**
     * The body of an error.
     *
     * @param contentType the value of {@code Content-Type}
     * @param body the text, sent in UTF-8
     */
    record ErrorPage(String contentType, String body) {}

    /**
     * Words an error. Runs on an event loop: must be quick and must not block.
     *
     * @param status HTTP status, 400 or more
     * @param code stable name of the cause in {@code UPPER_SNAKE}, for example {@code HEADER_TOO_LARGE}
     * @param message the cause and the next action, as sentences
     * @param requestId the value of {@code X-Reqid}
     */
    ErrorPage render(int status, String code, String message, String requestId);
}
