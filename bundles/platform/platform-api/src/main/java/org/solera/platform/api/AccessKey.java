// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

/**
 * A pair of keys by which programs sign requests. Only keys in force are handed out.
 *
 * @param id public part
 * @param secret secret part; never logged
 * @param owner in whose name a request signed with it acts, with the grants that both the user and the key have
 */
public record AccessKey(String id, String secret, Identity owner) {
    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
