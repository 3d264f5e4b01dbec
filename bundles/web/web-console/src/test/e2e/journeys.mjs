// SPDX-License-Identifier: Apache-2.0
// What people do, from end to end. Each begins in a fresh window, signed in unless its entry says `signed out`, and leaves
// the box as it found it.
import assert from 'node:assert/strict';
import { appliance } from './appliance.mjs';
import { dialog, mark, open } from './doing.mjs';
import { people } from './people.mjs';

async function refusesAWrongPassword({ page, expect, signIn }) {
  expect('401');
  // A name that nobody has: the owner is not throttled by this.
  await signIn(page, `nobody-${mark}`, 'this is not the password');
  await page.getByRole('alert').filter({ hasText: 'Name or password is wrong.' }).waitFor();
}

async function reachesEverythingByKeyboard(window) {
  const { page } = window;
  await open(window, '/');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip', 'the skip link comes first');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content', 'the skip link leads to the content');
  const seen = new Set();
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab');
    seen.add(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160)));
  }
  assert.ok(seen.size > 15, `the focus moves on (${seen.size} places)`);
}

async function changesLanguageAndAppearance(window) {
  const { page } = window;
  await open(window, '/');
  await page.getByRole('button', { name: /^Menu of/ }).click();
  await page.getByText('简体中文', { exact: true }).click();
  await page.getByRole('heading', { name: '概览', level: 1 }).waitFor();
  await page.getByText('深色', { exact: true }).click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.scheme), 'dark');
  await page.reload();
  await page.getByRole('heading', { name: '概览', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
}

async function makesAndDeletesAUser(window) {
  const { page } = window;
  const name = `e2e-${mark}`;
  await open(window, '/users');
  await page.getByRole('button', { name: 'New user' }).click();
  await dialog(page).getByLabel('Name', { exact: true }).fill(name);
  await dialog(page).getByRole('button', { name: 'Suggest one' }).click();
  await dialog(page).getByRole('button', { name: 'New user' }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await page.getByLabel('Display name').fill('Somebody');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The changes are in force.').waitFor();
  await page.getByRole('button', { name: 'Delete user' }).click();
  await dialog(page).locator('#confirm-word').fill(name);
  await dialog(page).getByRole('button', { name: 'Delete user' }).click();
  await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
  await page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' });
}

async function makesAndDeletesABucket(window) {
  const { page } = window;
  const name = `e2e-${mark}`;
  await open(window, '/storage');
  await page.getByRole('button', { name: 'New bucket' }).click();
  await dialog(page).getByLabel('Name').fill(name);
  await dialog(page).getByRole('button', { name: 'New bucket' }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByText('Nothing is stored here.').waitFor();
  await page.goBack();
  await page.getByRole('row').filter({ hasText: name }).getByRole('button', { name: 'Delete' }).click();
  await dialog(page).locator('#confirm-word').fill(name);
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' });
}

async function changesASettingAndTakesItBack(window) {
  const { page } = window;
  await open(window, '/settings?section=network');
  await page.getByLabel('Host name', { exact: true }).fill(`console-${mark}.e2e.test`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('set by hand').waitFor();
  await page.getByRole('button', { name: 'Default: Host name' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('set by hand').waitFor({ state: 'detached' });
}

async function drawsGraphs(window) {
  const { page } = window;
  await open(window, '/figures');
  await page.locator('canvas').first().waitFor();
}

async function survivesAMissingChunk(window) {
  const { page, expect } = window;
  expect('404');
  expect('Failed to');
  await open(window, '/');
  // As after a swap: the file that the next page needs is gone; the page loads itself anew, once.
  let gone = true;
  await page.route(/assets\/page-.*\.js/, (route) =>
    gone ? route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{}' }) : route.continue(),
  );
  page.once('framenavigated', () => {
    gone = false;
  });
  page.on('load', () => {
    gone = false;
  });
  await page.getByRole('link', { name: 'Permissions' }).click();
  await page.getByRole('heading', { name: 'Permissions', level: 1 }).waitFor();
}

async function seesEventsAsTheyHappen(window) {
  const { page } = window;
  await open(window, '/');
  await page
    .locator('.live-figures dd')
    .filter({ hasText: /\d/ })
    .first()
    .waitFor({ timeout: 12_000 });
}

async function endsASession(window) {
  const { page } = window;
  await open(window, '/');
  await page.getByRole('button', { name: /^Menu of/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('input[name=password]').waitFor();
  await page.goto('/account');
  await page.locator('input[name=password]').waitFor();
}

export const journeys = [
  ['refuses a wrong password', refusesAWrongPassword, 'signed out'],
  ['reaches everything by keyboard', reachesEverythingByKeyboard],
  ['changes language and appearance', changesLanguageAndAppearance],
  ['makes and deletes a user', makesAndDeletesAUser],
  ['makes and deletes a bucket', makesAndDeletesABucket],
  ['changes a setting and takes it back', changesASettingAndTakesItBack],
  ['draws graphs', drawsGraphs],
  ['survives a missing chunk', survivesAMissingChunk],
  ['sees events as they happen', seesEventsAsTheyHappen],
  ['ends a session', endsASession, 'signed out'],
  ...people,
  ...appliance,
];
