// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of image work. */
@ObjectClassDefinition(name = "Images", description = "Works on images in a pool of libvips processes.")
public @interface ImageConfig {
    /** {@return the most worker processes; 0 for one per processor core} */
    @AttributeDefinition(name = "Workers", description = "Most worker processes; 0 for one per core.", min = "0")
    int workers() default 0;

    /** {@return the longest time of one step on one image, in seconds} */
    @AttributeDefinition(name = "Time limit", description = "Longest time of one step, in seconds.", min = "1")
    int timeoutSeconds() default 30;

    /** {@return the longest wait for a free worker, in seconds} */
    @AttributeDefinition(name = "Patience", description = "Longest wait for a free worker, in seconds.", min = "0")
    int patienceSeconds() default 10;

    /** {@return the time after which an idle worker ends, in seconds} */
    @AttributeDefinition(name = "Idle time", description = "An idle worker ends after this, in seconds.", min = "1")
    int idleSeconds() default 120;

    /** {@return the address space of a worker, in MiB} */
    @AttributeDefinition(name = "Memory", description = "Address space of a worker, in MiB.", min = "1024")
    int memoryMiB() default 4096;

    /** {@return the most pixels of a source, in millions} */
    @AttributeDefinition(name = "Source pixels", description = "Most pixels of a source, in millions.", min = "1")
    int maxMegapixels() default 100;

    /** {@return the most pixels of a result, in millions} */
    @AttributeDefinition(name = "Result pixels", description = "Most pixels of a result, in millions.", min = "1")
    int maxResultMegapixels() default 64;

    /** {@return the most frames of an animation that stays one} */
    @AttributeDefinition(name = "Frames", description = "Most frames of an animation that stays one.", min = "1")
    int maxFrames() default 100;
}
