// SPDX-License-Identifier: Apache-2.0
// A headless Chromium of this machine, and what every page is held to while it is driven.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../main/web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const AXE = require.resolve('axe-core/axe.min.js');

const CANDIDATES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launch() {
  const executablePath = CANDIDATES.find((each) => each && existsSync(each));
  if (!executablePath) {
    throw new Error('No Chromium was found. Install the package chromium, or name one in the variable CHROMIUM.');
  }
  return chromium.launch({
    executablePath,
    // The certificate is of the appliance's own authority; there is no user to build a sandbox for in a container.
    args: ['--no-sandbox', '--ignore-certificate-errors', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** A window whose every fault is collected: errors on the console, exceptions, broken requests, requests elsewhere. */
export async function openWindow(browser, base, options = {}) {
  const context = await browser.newContext({
    baseURL: base,
    ignoreHTTPSErrors: true,
    viewport: options.viewport ?? { width: 1440, height: 900 },
    locale: options.language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'UTC',
    colorScheme: options.scheme ?? 'light',
    reducedMotion: 'reduce',
    storageState: options.state,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults = [];
  const expected = new Set();
  page.on('pageerror', (failure) => faults.push(`exception: ${failure.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && ![...expected].some((each) => text.includes(each))) {
      faults.push(`console: ${text} (${message.location().url})`);
    }
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.origin !== new URL(base).origin) {
      faults.push(`request elsewhere: ${request.url()}`);
    }
  });
  context.on('response', (response) => {
    if (response.status() >= 500) {
      faults.push(`${response.status()} from ${response.url()}`);
    }
  });
  return {
    context,
    page,
    /** Lets a text stand on the browser's console: a refusal that the journey provokes. */
    expect: (text) => expected.add(text),
    /** Takes what was found so far. */
    faults: () => faults.splice(0),
  };
}

/** Accessibility: what axe-core calls serious or critical. */
export async function accessibilityFaults(page) {
  await page.evaluate(() => window.axe !== undefined).then(async (there) => {
    if (!there) {
      // Evaluated from outside, so the content policy of the page stays in force.
      await page.evaluate(await (await import('node:fs/promises')).readFile(AXE, 'utf8'));
    }
  });
  const result = await page.evaluate(() =>
    window.axe.run(document, {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    }),
  );
  return result.violations
    .filter((each) => each.impact === 'serious' || each.impact === 'critical')
    .map(
      (each) =>
        `axe ${each.impact}: ${each.id} (${each.help}) at ${each.nodes
          .slice(0, 3)
          .map((node) => node.target.join(' '))
          .join(' | ')}${each.nodes.length > 3 ? ` and ${each.nodes.length - 3} more` : ''}`,
    );
}

/** A page that is wider than the window has to be pushed sideways on a phone. */
export async function overflowFaults(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return wide > 1 ? [`the page is ${wide} px wider than the window`] : [];
}

/** Waits until nothing is being read any more. */
export async function settle(page) {
  await page.waitForLoadState('domcontentloaded');
  await page
    .waitForFunction(
      () => document.querySelector('h1') !== null && document.querySelector('.loading, .ant-spin-spinning, .boot') === null,
      undefined,
      { timeout: 15_000 },
    )
    .catch(() => undefined);
  await page.waitForTimeout(150);
}

/** Signs in; does nothing in a window that is signed in already. */
export async function signIn(page, user, password) {
  await page.goto('/');
  await page.locator('#content, input[name=username]').first().waitFor();
  if ((await page.locator('#content').count()) > 0) {
    return;
  }
  await page.locator('input[name=username]').fill(user);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('#content, input[autocomplete=new-password], [role=alert]').first().waitFor();
}

/** Signs in, and chooses a new password where the first one has to go; {@return the password in force}. */
export async function signInFirst(page, user, password) {
  const next = `${password}-e2e`;
  await signIn(page, user, password);
  if ((await page.locator('input[autocomplete=new-password]').count()) > 0) {
    await page.locator('input[autocomplete=current-password]').fill(password);
    for (const field of await page.locator('input[autocomplete=new-password]').all()) {
      await field.fill(next);
    }
    await page.locator('button[type=submit]').click();
    await page.locator('#content, input[name=password]').first().waitFor();
    if ((await page.locator('#content').count()) === 0) {
      await signIn(page, user, next);
    }
    return next;
  }
  if ((await page.locator('#content').count()) === 0) {
    await signIn(page, user, next);
    return next;
  }
  return password;
}
