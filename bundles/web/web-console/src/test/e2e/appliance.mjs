// SPDX-License-Identifier: Apache-2.0
// Journeys of the appliance: settings, backup, audit, notices, upgrades, the API, a lost connection, a phone.
import assert from 'node:assert/strict';
import { call, dialog, elsewhere, mark, open } from './doing.mjs';
import { forward } from './forward.mjs';

async function tellsOfAConflict(window) {
  const { page, context, expect } = window;
  expect('412');
  await open(window, '/settings?section=network');
  const second = await context.newPage();
  await second.goto('/settings?section=network');
  await second.getByLabel('Host name', { exact: true }).fill(`second-${mark}.e2e.test`);
  await page.getByLabel('Host name', { exact: true }).fill(`first-${mark}.e2e.test`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('set by hand').waitFor();
  await second.getByRole('button', { name: 'Save' }).click();
  const problem = second.locator('.problem');
  await problem.waitFor();
  assert.match(await problem.innerText(), /chang/i, 'it says that somebody else changed it');
  assert.equal(await second.getByLabel('Host name', { exact: true }).inputValue(), `second-${mark}.e2e.test`, 'what was typed stays');
  await problem.getByRole('button').click();
  await second.getByText('set by hand').waitFor();
  assert.equal(await second.getByLabel('Host name', { exact: true }).inputValue(), `first-${mark}.e2e.test`, 'what the other one saved is read');
  await second.getByRole('button', { name: 'Default: Host name' }).click();
  await second.getByRole('button', { name: 'Save' }).click();
  await second.getByText('set by hand').waitFor({ state: 'detached' });
}

async function makesAndChecksABackup(window) {
  const { page } = window;
  const passphrase = `passphrase of ${mark}`;
  await open(window, '/backup');
  const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Check' }) });
  const before = await row.count();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await dialog(page).getByLabel('Passphrase').fill(passphrase);
  await dialog(page).getByRole('button', { name: 'Back up now' }).click();
  await page.waitForFunction(
    (many) => document.querySelectorAll('.ant-table-tbody tr.ant-table-row').length > many,
    before,
    { timeout: 60_000 },
  );
  const { items } = await (await page.request.get('/api/v1/system/backups')).json();
  const newest = items.sort((one, other) => other.createdAt.localeCompare(one.createdAt))[0].name;
  const mine = row.filter({ hasText: newest });
  try {
    await mine.getByRole('button', { name: 'Check' }).click();
    await dialog(page).getByLabel('Passphrase').fill('not the passphrase');
    window.expect('422');
    await dialog(page).getByRole('button', { name: 'Check' }).click();
    await dialog(page).locator('.problem').waitFor();
    await dialog(page).getByLabel('Passphrase').fill(passphrase);
    await dialog(page).getByRole('button', { name: 'Check' }).click();
    await page.getByRole('dialog', { name: 'This would be restored' }).getByRole('listitem').first().waitFor();
  } finally {
    await call(page, 'DELETE', `system/backups/${encodeURIComponent(newest)}`);
  }
}

async function findsItsOwnDeedsInTheAudit(window) {
  const { page, user } = window;
  const group = `e2e-deed-${mark}`;
  await open(window, '/');
  const made = await call(page, 'POST', 'users/groups', { name: group, description: '', grants: [], external: [] });
  assert.equal(made.status(), 201);
  await call(page, 'DELETE', `users/groups/${group}`, undefined, { 'If-Match': made.headers().etag });
  await page.goto(`/audit?who=${user}&action=users.&text=${group}`);
  await page.getByRole('row').filter({ hasText: group }).first().waitFor();
  assert.ok((await page.getByRole('row').filter({ hasText: group }).count()) >= 2, 'making and deleting are recorded');
  await page.getByRole('row').filter({ hasText: group }).first().getByRole('button').first().click();
  await page.locator('.ant-drawer').getByText('Hash', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText(/The chain is whole/).waitFor();
}

async function takesUpANotice(window) {
  const { page } = window;
  await open(window, '/notices');
  const rule = async () => {
    const { items } = await (await page.request.get('/api/v1/system/rules')).json();
    return items.find((each) => each.id === 'memory-low');
  };
  const set = async (change) => {
    const now = await rule();
    const { threshold, lastingSeconds, severity, enabled } = { ...now, ...change };
    const answer = await call(
      page,
      'PUT',
      'system/rules/memory-low',
      { threshold, lastingSeconds, severity, enabled },
      { 'If-Match': `"${now.version}"` },
    );
    assert.ok(answer.ok(), `the rule is changed (${answer.status()})`);
  };
  const usual = await rule();
  // Some memory is always in use: the rule holds at once.
  await set({ threshold: 100, lastingSeconds: 0 });
  try {
    const row = page.getByRole('row').filter({ hasText: 'of the memory is available' });
    await row.waitFor({ timeout: 60_000 });
    await row.getByRole('button', { name: 'Take up' }).click();
    await row.getByText(`Taken up by ${window.user}`).waitFor();
    assert.equal(await row.getByRole('button', { name: 'Take up' }).count(), 0, 'it is taken up once');
  } finally {
    await set({ threshold: usual.threshold, lastingSeconds: usual.lastingSeconds });
  }
}

async function refusesAFileThatIsNoBundle(window) {
  const { page, expect } = window;
  expect('400');
  expect('422');
  await open(window, '/upgrades');
  await page.locator('input[type=file]').setInputFiles({
    name: 'notes.jar',
    mimeType: 'application/java-archive',
    buffer: Buffer.from('these are notes and no bundle'),
  });
  const problem = page.locator('.problem');
  await problem.waitFor();
  assert.match(await problem.innerText(), /\w+.*\./, 'it says why');
  assert.equal(await page.getByRole('button', { name: 'Execute this plan' }).count(), 0);
}

async function readsTheReference(window) {
  const { page } = window;
  await open(window, '/reference');
  await page.getByRole('searchbox').fill('post users tokens');
  const entry = page.locator('details.api').filter({ hasText: '/users/me/tokens' }).first();
  await entry.locator('summary').first().click();
  await entry.getByText('readOnly').first().waitFor();
  assert.match(await entry.locator('pre.code').last().innerText(), /^curl .*Authorization: Bearer TOKEN/s);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await entry.getByRole('button', { name: /^Copy/ }).click();
  await entry.getByText('Copied').waitFor();
  const [document] = await Promise.all([
    page.request.get('/api/v1/openapi.json'),
    page.getByRole('link', { name: 'OpenAPI document' }).waitFor(),
  ]);
  assert.match((await document.json()).openapi, /^3\./);
}

/** Behind a wire that can be cut: as the browser sees it, the appliance stops and comes back. */
async function tellsOfALostConnection(window) {
  const wire = await forward(window.base);
  try {
    await elsewhere(
      window,
      async (other) => {
        ['ERR_', 'Failed to', '401', '502', '503'].forEach((each) => other.expect(each));
        await open(other, '/permissions');
        const { page } = other;
        await page.getByRole('link', { name: 'Overview' }).click();
        await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
        await wire.cut();
        const banner = page.getByText('The connection to the appliance is lost.');
        await banner.waitFor({ timeout: 30_000 });
        const silent = page.getByText('The appliance does not answer.').first();
        // A page whose parts are here already says that it cannot read.
        await page.getByRole('link', { name: 'Permissions' }).click();
        await silent.waitFor();
        await wire.mend();
        await page.getByRole('button', { name: 'Try now' }).click();
        await banner.waitFor({ state: 'detached', timeout: 40_000 });
        await page.getByRole('button', { name: 'Try again' }).first().click();
        await silent.waitFor({ state: 'detached' });
        // A page whose parts are not here waits for them, and never shows the browser's own error page.
        await wire.cut();
        await page.getByRole('link', { name: 'Groups' }).click();
        await silent.waitFor();
        await wire.mend();
        await page.getByRole('heading', { name: 'Groups', level: 1 }).waitFor({ timeout: 30_000 });
      },
      { base: wire.base },
    );
  } finally {
    await wire.close();
  }
}

async function walksOnAPhone(window) {
  await elsewhere(
    window,
    async (phone) => {
      const { page } = phone;
      phone.expect('401');
      await open(phone, '/');
      assert.equal(await page.locator('.sidebar').isVisible(), false, 'the navigation makes room');
      for (const [link, heading] of [
        ['Users', 'Users'],
        ['Settings', 'Settings'],
        ['Metrics', 'Metrics'],
      ]) {
        await page.getByRole('button', { name: 'Open navigation' }).click();
        await page.locator('.ant-drawer').getByRole('link', { name: link }).click();
        await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
        await page.locator('.ant-drawer-content-wrapper').waitFor({ state: 'hidden' });
      }
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('.topbar button, .topbar a')]
          .filter((each) => each.offsetParent !== null)
          .map((each) => each.getBoundingClientRect())
          .filter((box) => box.height < 24 || box.width < 24).length,
      );
      assert.equal(small, 0, 'buttons are large enough for a finger');
    },
    { viewport: { width: 390, height: 844 } },
  );
}

export const appliance = [
  ['tells of a conflict', tellsOfAConflict],
  ['makes and checks a backup', makesAndChecksABackup],
  ['finds its own deeds in the audit', findsItsOwnDeedsInTheAudit],
  ['takes up a notice', takesUpANotice],
  ['refuses a file that is no bundle', refusesAFileThatIsNoBundle],
  ['reads the reference', readsTheReference],
  ['tells of a lost connection', tellsOfALostConnection],
  ['walks on a phone', walksOnAPhone],
];
