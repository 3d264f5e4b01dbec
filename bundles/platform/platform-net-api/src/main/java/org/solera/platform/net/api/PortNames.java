// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.api;

/** Service properties by which a handler says where it wants to be reached, and the names of the standard ports. */
public final class PortNames {
    /** Service property: the name of the port. */
    public static final String PORT_NAME = "port.name";

    /** Service property of an {@link HttpHandler}: the path prefix it serves, {@code /} when absent; the longest wins. */
    public static final String PATH_PREFIX = "path.prefix";

    /** Console and REST, HTTPS only, 8443. */
    public static final String CONSOLE = "console";

    /** S3, 9000. */
    public static final String S3 = "s3";

    /** Object download with media operations, 9101. */
    public static final String DOWNLOAD = "download";

    private PortNames() {}
}
