// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.Map;

/**
 * Where messages are posted.
 *
 * @param url address
 * @param secret key of the signature; empty for none
 * @param authority certificates that are trusted, PEM; empty for those of the Java runtime
 * @param box what the box is called
 */
record WebhookTarget(String url, String secret, String authority, String box) {
    static WebhookTarget of(Map<String, Object> values, String box) {
        Values read = new Values(values);
        return new WebhookTarget(read.text("url"), read.text("secret"), read.text("authorityPem"), box);
    }

    @Override
    public String toString() {
        return "WebhookTarget[" + url + "]";
    }
}
