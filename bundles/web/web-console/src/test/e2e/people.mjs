// SPDX-License-Identifier: Apache-2.0
// Journeys of people: first sign-in, roles, tokens, second factor, the end of a session.
import assert from 'node:assert/strict';
import { call, choose, codeOf, dialog, discard, elsewhere, fillSignIn, mark, open } from './doing.mjs';

const FIRST = `first password of ${mark}`;
const OWN = `own password of ${mark}`;

/** Makes a user by a request; the pages for it have their own journey. */
async function make(page, name, grants) {
  const made = await call(page, 'POST', 'users/people', {
    name,
    displayName: '',
    email: '',
    groups: [],
    grants,
    password: FIRST,
  });
  assert.equal(made.status(), 201, `${name} was made`);
}

/** Signs in with the first password, is made to choose an own one, and arrives in the console. */
async function chooseAPassword(page, name) {
  await fillSignIn(page, name, FIRST);
  await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
  await page.getByLabel('Current password', { exact: true }).fill(FIRST);
  await page.getByLabel('New password', { exact: true }).fill(OWN);
  await page.getByLabel('New password, once more', { exact: true }).fill(OWN);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.locator('#content, input[name=password]').first().waitFor();
  if ((await page.locator('#content').count()) === 0) {
    await fillSignIn(page, name, OWN);
  }
  await page.locator('#content h1').waitFor();
}

async function changesTheFirstPassword(window) {
  const name = `e2e-first-${mark}`;
  await open(window, '/');
  await make(window.page, name, ['VIEWER']);
  try {
    await elsewhere(window, async ({ page, expect }) => {
      expect('401');
      await page.goto('/notices');
      await fillSignIn(page, name, FIRST);
      await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
      expect('403');
      const shut = await page.request.get('/api/v1/system/info');
      assert.equal(shut.status(), 403, 'nothing opens before the password was changed');
      await page.getByLabel('Current password', { exact: true }).fill(FIRST);
      await page.getByLabel('New password', { exact: true }).fill('short');
      await page.getByLabel('New password, once more', { exact: true }).fill('short');
      await page.getByRole('button', { name: 'Set password' }).click();
      await page.getByText('The new password needs 12 characters at least.').waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.locator('input[name=username]').waitFor();
      await chooseAPassword(page, name);
    });
  } finally {
    await discard(window.page, `users/people/${name}`);
  }
}

async function seesOnlyWhatIsAllowed(window) {
  const { page } = window;
  const group = `e2e-group-${mark}`;
  const name = `e2e-scoped-${mark}`;
  const bucket = `e2e-scoped-${mark}`;
  await open(window, '/groups');
  try {
    await page.getByRole('button', { name: 'New group' }).click();
    await dialog(page).getByLabel('Name', { exact: true }).fill(group);
    await dialog(page).getByRole('button', { name: 'Add a role' }).click();
    await choose(page, dialog(page).getByRole('combobox', { name: 'Role' }), 'Operator');
    await dialog(page).getByLabel(/^Where:/).fill(`bucket:${bucket}`);
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: group, exact: true }).waitFor();
    await page.goto('/users');
    await page.getByRole('button', { name: 'New user' }).click();
    await dialog(page).getByLabel('Name', { exact: true }).fill(name);
    await choose(page, dialog(page).getByRole('combobox', { name: 'Groups' }), group);
    await page.keyboard.press('Escape');
    await dialog(page).getByLabel('First password').fill(FIRST);
    await dialog(page).getByRole('button', { name: 'New user' }).click();
    await page.getByRole('link', { name, exact: true }).waitFor();
    await elsewhere(window, async (other) => {
      other.expect('401');
      other.expect('403');
      await other.page.goto('/');
      await chooseAPassword(other.page, name);
      const links = await other.page.locator('.sidebar a').allInnerTexts();
      for (const hidden of ['Users', 'Groups', 'Audit', 'Backup']) {
        assert.ok(!links.includes(hidden), `${hidden} is not in the navigation (${links.join(', ')})`);
      }
      for (const path of ['/users', '/audit', '/backup']) {
        await other.page.goto(path);
        await other.page.getByText('You may not see this page.').waitFor();
        await other.page.getByRole('link', { name: 'Go to the overview' }).waitFor();
      }
      other.expect('403');
      const refused = await other.page.request.get('/api/v1/users/people');
      assert.equal(refused.status(), 403, 'the appliance refuses what the navigation hides');
      await other.page.getByRole('link', { name: 'Go to the overview' }).click();
      await other.page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
      await other.page.locator('.loading').first().waitFor({ state: 'detached' });
      assert.equal(await other.page.locator('.problem').count(), 0, 'the overview opens without a refusal');
      await other.page.goto('/storage');
      await other.page.locator('#content h1').waitFor();
      await other.page.locator('.loading').first().waitFor({ state: 'detached' });
      const refusals = await other.page.locator('.problem').allInnerTexts();
      assert.equal(refusals.length, 0, `storage opens without a refusal: ${refusals.join(' / ').replaceAll('\n', ' ')}`);
    });
  } finally {
    await discard(page, `users/people/${name}`);
    await discard(page, `users/groups/${group}`);
  }
}

async function makesATokenThatOpensTheBox(window) {
  const { page, base } = window;
  await open(window, '/account');
  await page.getByRole('button', { name: 'New token' }).click();
  await dialog(page).getByLabel('What it is for').fill(`e2e ${mark}`);
  await dialog(page).getByLabel('May only read').check();
  await dialog(page).getByRole('button', { name: 'New token' }).click();
  const token = (await dialog(page).locator('pre').innerText()).trim();
  // Without the cookie of the window: only the token speaks.
  const ask = async () => {
    const bare = await window.context.browser().newContext({ ignoreHTTPSErrors: true, baseURL: base });
    const answer = await bare.request.get('/api/v1/system/info', { headers: { Authorization: `Bearer ${token}` } });
    await bare.close();
    return answer.status();
  };
  assert.equal(await ask(), 200, 'the token opens a resource');
  await dialog(page).getByRole('button', { name: 'I have kept it' }).click();
  const row = page.getByRole('row').filter({ hasText: `e2e ${mark}` });
  await row.getByRole('button', { name: 'Revoke' }).click();
  await dialog(page).getByRole('button', { name: 'Revoke' }).click();
  await row.waitFor({ state: 'detached' });
  assert.equal(await ask(), 401, 'the revoked token opens nothing');
}

async function usesASecondFactor(window) {
  const name = `e2e-factor-${mark}`;
  await open(window, '/');
  await make(window.page, name, ['VIEWER']);
  try {
    let secret = '';
    await elsewhere(window, async ({ page, expect }) => {
      expect('401');
      await page.goto('/account');
      await chooseAPassword(page, name);
      await page.goto('/account');
      await page.getByRole('button', { name: 'Set up' }).click();
      secret = (await dialog(page).locator('pre').innerText()).replace(/\s/g, '');
      await dialog(page).getByLabel('Code', { exact: true }).fill(codeOf(secret));
      await dialog(page).getByRole('button', { name: 'Turn on' }).click();
      await page.getByRole('dialog', { name: 'Recovery codes' }).waitFor();
      const codes = (await dialog(page).locator('pre').innerText()).trim().split('\n');
      assert.ok(codes.length >= 8, `recovery codes are shown (${codes.length})`);
      await dialog(page).getByRole('button', { name: 'I have kept it' }).click();
      await page.getByRole('button', { name: 'Turn off' }).waitFor();
    });
    await elsewhere(window, async ({ page, expect }) => {
      expect('401');
      await page.goto('/account');
      await fillSignIn(page, name, OWN);
      await page.getByRole('heading', { name: 'Second factor' }).waitFor();
      await page.getByLabel('Code of the second factor').fill('000000');
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText('This code is not valid any more.').waitFor();
      // The code of the enrolment is used up; the next one is taken already.
      await page.getByLabel('Code of the second factor').fill(codeOf(secret, 1));
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByRole('heading', { name: 'My account', level: 1 }).waitFor();
    });
  } finally {
    await discard(window.page, `users/people/${name}`);
  }
}

async function comesBackWhereItWas(window) {
  const { page, user, password, expect } = window;
  expect('401');
  await open(window, '/audit?outcome=done');
  // The session ends at the appliance while the page stands.
  await page.evaluate(async () => {
    const session = await (await fetch('/api/v1/users/session')).json();
    await fetch('/api/v1/users/session', { method: 'DELETE', headers: { 'X-Solera-Csrf': session.csrf } });
  });
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText('Your session has ended.').waitFor();
  await fillSignIn(page, user, password);
  await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/audit?outcome=done');
}

async function worksWithoutAMouse(window) {
  const { page, user, password } = window;
  const group = `e2e-keys-${mark}`;
  const tabTo = async (fits, most = 60) => {
    for (let step = 0; step < most; step++) {
      await page.keyboard.press('Tab');
      const here = await page.evaluate(() => {
        const at = document.activeElement;
        return {
          text: (at?.textContent ?? '').trim(),
          label: at?.getAttribute('aria-label') ?? '',
          id: at?.id ?? '',
          name: at?.getAttribute('name') ?? '',
          ring: at ? getComputedStyle(at).outlineStyle + getComputedStyle(at).boxShadow : '',
        };
      });
      if (fits(here)) {
        return here;
      }
    }
    throw new Error('the keyboard does not reach what it should');
  };
  await page.goto('/groups');
  await page.locator('input[name=username]').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'username', 'the name has the focus');
  await page.keyboard.type(user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Groups', level: 1 }).waitFor();
  const button = await tabTo((at) => at.text === 'New group');
  assert.ok(!button.ring.startsWith('nonenone'), 'the focus is seen');
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  try {
    await tabTo((at) => at.id === 'name');
    await page.keyboard.type(group);
    await tabTo((at) => at.id === 'description');
    await page.keyboard.type('Made by keyboard');
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: group, exact: true }).waitFor();
    await dialog(page).waitFor({ state: 'hidden' });
    const back = await page.evaluate(() => document.activeElement?.textContent?.trim());
    assert.equal(back, 'New group', 'the focus goes back to where the dialog was opened');
  } finally {
    await discard(page, `users/groups/${group}`);
  }
}

export const people = [
  ['changes the first password', changesTheFirstPassword],
  ['sees only what is allowed', seesOnlyWhatIsAllowed],
  ['makes a token that opens the box', makesATokenThatOpensTheBox],
  ['uses a second factor', usesASecondFactor],
  ['comes back where it was', comesBackWhereItWas, 'signed out'],
  ['works without a mouse', worksWithoutAMouse, 'signed out'],
];
