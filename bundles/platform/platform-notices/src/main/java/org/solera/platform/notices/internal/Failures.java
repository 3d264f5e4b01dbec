// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** Says in words why a receiver was not reached. */
final class Failures {
    private static final int CAUSES_MOST = 10;

    private Failures() {}

    static SoleraException of(String receiver, Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < CAUSES_MOST && cause.getCause() != null && !isTelling(cause); i++) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).strip();
        String text;
        String next;
        if (cause instanceof UnknownHostException) {
            text = "The name of the " + receiver + " is not known.";
            next = "Check the name and the name servers of this box.";
        } else if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
            text = "The " + receiver + " did not answer in time.";
            next = "Check its address and the network.";
        } else if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            text = "The " + receiver + " cannot be reached: " + message + ".";
            next = "Check its address, its port and the firewall.";
        } else if (cause instanceof SSLException) {
            text = "There is no secure connection to the " + receiver + ": " + message + ".";
            next = "Check the kind of encryption and the certificate of the authority.";
        } else {
            text = "The " + receiver + " did not take the message: " + message + ".";
            next = "Check the settings.";
        }
        return new SoleraException(PlatformError.INTERNAL, text, next, failure);
    }

    private static boolean isTelling(Throwable cause) {
        return cause instanceof SSLException
                || cause instanceof UnknownHostException
                || cause instanceof ConnectException
                || cause instanceof SocketTimeoutException
                || cause instanceof HttpTimeoutException;
    }
}
