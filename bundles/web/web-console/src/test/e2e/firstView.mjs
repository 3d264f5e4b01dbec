// SPDX-License-Identifier: Apache-2.0
// What a browser that has been here never has to fetch before a person can work, and how long that takes.
import { openWindow, settle } from './browser.mjs';

const LIMIT_KIB = 300;

/** Runs in the page from its beginning: when the control of a view is there, and when long work of scripts ends. */
function watch(selector) {
  window.firstView = { there: 0, busyUntil: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      window.firstView.busyUntil = Math.max(window.firstView.busyUntil, entry.startTime + entry.duration);
    }
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (document.querySelector(selector)) {
      window.firstView.there = performance.now();
    } else {
      requestAnimationFrame(look);
    }
  };
  look();
}

/** {@return bytes on the wire and milliseconds until the view answers to a person, with nothing in the cache} */
async function measure(browser, base, state, selector) {
  const window = await openWindow(browser, base, { state });
  try {
    const wire = await window.context.newCDPSession(window.page);
    await wire.send('Network.enable');
    await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
    let bytes = 0;
    wire.on('Network.loadingFinished', (event) => {
      bytes += event.encodedDataLength;
    });
    await window.page.addInitScript(watch, selector);
    await window.page.goto('/');
    await window.page.waitForFunction(() => window.firstView.there > 0);
    await settle(window.page);
    const before = bytes;
    // Long work that follows within half a second still keeps the person waiting.
    await window.page.waitForTimeout(500);
    const { there, busyUntil } = await window.page.evaluate(() => window.firstView);
    return { kib: before / 1024, ms: Math.max(there, busyUntil <= there + 500 ? busyUntil : there) };
  } finally {
    await window.context.close();
  }
}

/**
 * Measures the page of sign-in and the overview after it.
 *
 * @returns lines to print, and a finding for each view that is over its budget of bytes; times are told, not judged, as they
 *     are those of the machine that drives the browser
 */
export async function firstView(browser, base, state) {
  const lines = [];
  const findings = [];
  for (const [name, given, selector] of [
    ['page of sign-in', undefined, 'input[name=username]'],
    ['overview after sign-in', state, '#content h1'],
  ]) {
    const { kib, ms } = await measure(browser, base, given, selector);
    lines.push(`first view, ${name}: ${kib.toFixed(0)} KiB transferred (budget ${LIMIT_KIB}), interactive after ${(ms / 1000).toFixed(2)} s`);
    if (kib > LIMIT_KIB) {
      findings.push(`first view, ${name}: ${kib.toFixed(0)} KiB are over the budget of ${LIMIT_KIB} KiB`);
    }
  }
  return { lines, findings };
}
