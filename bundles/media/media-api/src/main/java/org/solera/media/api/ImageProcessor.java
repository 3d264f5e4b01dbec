// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/** Works on images in jailed worker processes. Thread-safe. */
@ProviderType
public interface ImageProcessor {
    /** Largest source, in bytes: 64 MiB. */
    long MAX_SOURCE_BYTES = 64L << 20;

    /** Largest result, in bytes: 32 MiB. */
    long MAX_RESULT_BYTES = 32L << 20;

    /** {@return what the image is} */
    ImageFacts inspect(MediaSource source) throws SoleraException, InterruptedException;

    /** {@return the image after one step, without metadata of the camera, in sRGB} */
    MediaResult transform(MediaSource source, ImageTransform step) throws SoleraException, InterruptedException;
}
