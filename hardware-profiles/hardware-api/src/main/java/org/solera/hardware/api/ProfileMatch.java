// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.api;

import java.util.List;

/**
 * Why a profile fits this box or does not.
 *
 * @param profile name of the profile
 * @param matches whether every condition holds
 * @param specificity number of conditions; the matching profile with the most wins
 * @param reasons one sentence for each condition, for and against
 */
public record ProfileMatch(String profile, boolean matches, int specificity, List<String> reasons) {
    public ProfileMatch {
        reasons = List.copyOf(reasons);
    }
}
