// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.NoticeStore;

/** Brings what changed to the store when there is one, and brings back once what it kept. Confined to one thread. */
final class StoreKeeper {
    private static final Logger log = LoggerFactory.getLogger(StoreKeeper.class);

    private final ServiceGate<NoticeStore> stores;
    private final NoticeBook book;
    private volatile boolean loaded;
    private volatile String trouble = "";

    StoreKeeper(ServiceGate<NoticeStore> stores, NoticeBook book) {
        this.stores = stores;
        this.book = book;
    }

    boolean loaded() {
        return loaded;
    }

    /** {@return why notices are not kept now; empty if they are, or if there is no store} */
    String trouble() {
        return trouble;
    }

    /**
     * Loads once, then saves what changed. Does not wait for a store.
     *
     * @param onLoaded gets what the store kept, before anything is saved
     */
    void turn(Consumer<List<Notice>> onLoaded) {
        if (stores.peek().isEmpty() || loaded && book.saved()) {
            return;
        }
        try (ServiceGate.Use<NoticeStore> use = stores.enter()) {
            if (!loaded) {
                onLoaded.accept(use.service().load());
                loaded = true;
            }
            save(use.service());
            trouble = "";
        } catch (SoleraException failure) {
            tell(failure.explain());
        } catch (RuntimeException | LinkageError broken) {
            log.debug("The store of notices failed.", broken);
            tell("The store of notices failed: " + broken.getMessage());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void save(NoticeStore store) throws SoleraException {
        NoticeBook.Unsaved unsaved = book.take();
        boolean done = false;
        try {
            if (!unsaved.put().isEmpty() || !unsaved.removed().isEmpty()) {
                store.save(unsaved.put(), unsaved.removed());
            }
            done = true;
        } finally {
            if (!done) {
                book.giveBack(unsaved);
            }
        }
    }

    private void tell(String cause) {
        if (trouble.isEmpty()) {
            log.warn("Notices cannot be kept over a restart: {}", cause);
        }
        trouble = cause;
    }
}
