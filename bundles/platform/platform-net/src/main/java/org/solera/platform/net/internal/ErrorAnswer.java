// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.solera.platform.net.api.HttpErrorPages;

/**
 * An answer that the port gives by itself, worded in the manner of the protocol.
 *
 * @param status the status
 * @param headers the headers
 * @param body the text, in UTF-8
 * @param requestId the id of the request
 */
record ErrorAnswer(HttpResponseStatus status, HttpHeaders headers, byte[] body, String requestId) {
    /**
     * Words a refusal.
     *
     * @param request what is known of the request
     * @param extra further headers
     */
    static ErrorAnswer of(
            HttpService service,
            @Nullable HttpRequest request,
            RefusedException refusal,
            String requestId,
            HttpHeaders extra) {
        HttpErrorPages.ErrorPage page = service.page(request, refusal, requestId);
        HttpHeaders headers = new DefaultHttpHeaders().add(extra).set(HttpHeaderNames.CONTENT_TYPE, page.contentType());
        if (refusal.status() == 503) {
            headers.set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
        return new ErrorAnswer(HttpResponseStatus.valueOf(refusal.status()), headers, body, requestId);
    }

    ByteBuf content(ByteBufAllocator allocator) {
        return allocator.buffer(body.length).writeBytes(body);
    }

    /** {@return the whole answer, which ends its connection} */
    ByteBuf encode(ByteBufAllocator allocator, CharSequence date, boolean withBody) {
        ByteBuf head = new AnswerHead(status, headers, body.length, false, false, requestId).encode(allocator, date);
        return withBody ? head.writeBytes(body) : head;
    }
}
