// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

/** The owner element of documents. */
final class Owner {
    private Owner() {}

    static Xml write(Xml xml, String element, String name) {
        return xml.begin(element).text("ID", name).text("DisplayName", name).end();
    }
}
