// SPDX-License-Identifier: Apache-2.0
/** The S3 protocol over the object store: signatures, routes, documents and errors of S3, nothing of how objects are kept. */
@NullMarked
package org.solera.storage.s3.internal;

import org.jspecify.annotations.NullMarked;
