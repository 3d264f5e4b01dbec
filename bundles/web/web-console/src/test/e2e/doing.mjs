// SPDX-License-Identifier: Apache-2.0
// What journeys have in common: signing in, dialogs, other windows, requests beside the console, codes of a second factor.
import { createHmac } from 'node:crypto';
import { openWindow } from './browser.mjs';

/** Tells the things of this run from those of another. */
export const mark = Date.now().toString(36);

/** Signs in and goes to a page. */
export async function open(window, path) {
  await window.signIn(window.page, window.user, window.password);
  await window.page.locator('#content').waitFor();
  await window.page.goto(path);
  await window.page.locator('#content h1').waitFor();
}

export const dialog = (page) => page.locator('.ant-modal:visible').last();

/** Fills the form of sign-in where the page stands. */
export async function fillSignIn(page, user, password) {
  await page.locator('input[name=username]').fill(user);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
}

/** Chooses an entry of a list that opens. */
export async function choose(page, combobox, entry) {
  await combobox.click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: entry }).first().click();
}

/** A request with the session of the page, as its scripts would send it; {@return the answer} */
export async function call(page, method, path, data, headers = {}) {
  const session = await (await page.request.get('/api/v1/users/session')).json();
  return page.request.fetch(`/api/v1/${path}`, {
    method,
    data,
    headers: { 'X-Solera-Csrf': session.csrf ?? '', ...headers },
  });
}

/** Deletes a user or group, whatever became of it. */
export async function discard(page, path) {
  const found = await page.request.get(`/api/v1/${path}`);
  if (found.ok()) {
    await call(page, 'DELETE', path, undefined, { 'If-Match': found.headers().etag ?? '*' });
  }
}

/**
 * Does something in a window of somebody else, held to the same as every window.
 *
 * @param window whose browser and appliance to use
 * @param doing takes the new window
 */
export async function elsewhere(window, doing, options = {}) {
  const other = await openWindow(window.context.browser(), options.base ?? window.base, options);
  try {
    await doing({ ...window, ...other });
    const faults = other.faults();
    if (faults.length > 0) {
      throw new Error(faults.join('; '));
    }
  } finally {
    await other.context.close();
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;

function bytesOf(base32) {
  let bits = '';
  for (const letter of base32.replace(/[\s=]/g, '').toUpperCase()) {
    bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0');
  }
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** A code of a second factor (RFC 6238, SHA-1, six digits, 30 s); `ahead` counts steps from now. */
export function codeOf(secret, ahead = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_SECONDS) + ahead));
  const hash = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const at = hash[hash.length - 1] & 0xf;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
