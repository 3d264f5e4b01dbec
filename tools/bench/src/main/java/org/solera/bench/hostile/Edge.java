// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.hostile;

/** The doors of the appliance. */
public enum Edge {
    /** S3. */
    S3,
    /** Downloads and pictures. */
    DOWNLOAD,
    /** Console and REST. */
    REST
}
