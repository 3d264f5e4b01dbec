// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import org.solera.media.api.MediaError;

/** Why an image is not worked on. */
final class RefusalException extends Exception {
    private static final long serialVersionUID = 1;

    private final MediaError error;
    private final String nextAction;

    RefusalException(MediaError error, String message, String nextAction) {
        super(message);
        this.error = error;
        this.nextAction = nextAction;
    }

    MediaError error() {
        return error;
    }

    String nextAction() {
        return nextAction;
    }

    /** {@return what libvips complains about, as people read it} */
    static RefusalException of(String complaint) {
        return complaint.contains("out of memory")
                ? new RefusalException(
                        MediaError.LIMIT_EXCEEDED,
                        "The image needs more memory than it may take.",
                        "Use a smaller image.")
                : new RefusalException(
                        MediaError.CORRUPT_SOURCE,
                        "The image is damaged: " + complaint + ".",
                        "Upload it again, or use another image.");
    }
}
