// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.api;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One HTTP request and its answer. Confined to the thread that runs the handler. Slow peers are cut off by the port: a
 * read or write that makes no progress for the port's limit fails with an {@link IOException}.
 */
@ProviderType
public interface HttpExchange {
    /** {@return method, raw request target and headers as received} */
    HttpRequest request();

    /** {@return the address of the peer} */
    InetSocketAddress remote();

    /** {@return whether the connection is encrypted} */
    boolean secure();

    /** {@return the id of this request, sent back as {@code X-Reqid}} */
    String requestId();

    /**
     * The body of the request, without transfer coding; empty when there is none. The first read answers
     * {@code Expect: 100-continue}. End of stream means that the body arrived whole; a peer that goes away before is an
     * {@link IOException}. What the handler leaves unread is skipped up to a limit, else the connection is closed.
     */
    InputStream body();

    /**
     * Answers with a whole body and sets {@code Content-Length}.
     *
     * @param content the body; released by this call in every case
     */
    void respond(HttpResponseStatus status, HttpHeaders headers, ByteBuf content) throws IOException;

    /**
     * Answers with a body that is streamed: with the {@code Content-Length} among the headers, else chunked. Close the
     * stream to end the answer; a stream that is not closed, or closed short of its length, cuts the connection.
     */
    OutputStream respond(HttpResponseStatus status, HttpHeaders headers) throws IOException;

    /**
     * Answers with a body that goes on after the handler returned; see {@link DetachedAnswer}. The head is sent at once. Not
     * for {@code HEAD} requests.
     */
    default DetachedAnswer detach(HttpResponseStatus status, HttpHeaders headers) throws IOException {
        throw new UnsupportedOperationException("This exchange cannot go on without its handler.");
    }

    /** {@return whether the head of an answer was sent} */
    boolean responded();
}
