// SPDX-License-Identifier: Apache-2.0
// The end-to-end suite of the console.
// Usage: npm run e2e -- --base URL --user NAME --password TEXT [--screens FOLDER] [--only NAME,…]
// Ends with 0 when nothing was found, with 1 and one line for each finding otherwise.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { accessibilityFaults, launch, openWindow, overflowFaults, settle, signIn, signInFirst } from './browser.mjs';
import { firstView } from './firstView.mjs';
import { journeys } from './journeys.mjs';
import { pages } from './pages.mjs';
import { smaller } from './picture.mjs';

const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    user: { type: 'string', default: 'admin' },
    password: { type: 'string' },
    screens: { type: 'string' },
    only: { type: 'string' },
    journey: { type: 'string' },
  },
});
if (!options.base || !options.password) {
  process.stderr.write('usage: npm run e2e -- --base URL --user NAME --password TEXT [--screens FOLDER] [--only NAME,…]\n');
  process.exit(2);
}

const wanted = pages.filter(([name]) => !options.only || options.only.split(',').includes(name));
const findings = [];
const started = Date.now();
const WIDTHS = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const KEYS = { language: 'solera.language', scheme: 'solera.scheme' };

async function prefer(page, language, scheme) {
  await page.evaluate(
    ([keys, chosen]) => {
      window.localStorage.setItem(keys.language, chosen.language);
      window.localStorage.setItem(keys.scheme, chosen.scheme);
    },
    [KEYS, { language, scheme }],
  );
}

/** Every page in one language, scheme and width, with axe-core. */
async function walk(browser, state, language, scheme, width) {
  const window = await openWindow(browser, options.base, { viewport: WIDTHS[width], language, scheme, state });
  await window.page.goto('/');
  await prefer(window.page, language, scheme);
  for (const [name, path] of wanted) {
    const label = `${name} ${language} ${scheme} ${width}`;
    await window.page.goto(path);
    await settle(window.page);
    const found = [...window.faults(), ...(await overflowFaults(window.page))];
    if ((await window.page.locator('.problem').count()) > 0) {
      found.push(`shows a problem: ${(await window.page.locator('.problem').first().innerText()).replaceAll('\n', ' / ')}`);
    }
    found.push(...(await accessibilityFaults(window.page)));
    findings.push(...found.map((each) => `${label}: ${each}`));
    if (options.screens) {
      await mkdir(options.screens, { recursive: true });
      // The figures of the overview come with the next event.
      await window.page.locator('.live-figures dd').filter({ hasText: /\d/ }).first().waitFor({ timeout: name === 'overview' ? 7000 : 1 }).catch(() => undefined);
      const file = `${name}-${language}-${WIDTHS[width].width}-${scheme}.png`;
      await writeFile(join(options.screens, file), smaller(await window.page.screenshot()));
    }
  }
  await window.context.close();
}

const browser = await launch();
try {
  const first = await openWindow(browser, options.base);
  first.expect('401');
  const password = await signInFirst(first.page, options.user, options.password);
  const state = await first.context.storageState();
  findings.push(...first.faults().map((each) => `sign-in: ${each}`));
  await first.context.close();

  if (!options.only) {
    for (const [name, journey, begin] of journeys.filter(([each]) => !options.journey || each.includes(options.journey))) {
      const window = await openWindow(browser, options.base, { state: begin === 'signed out' ? undefined : state });
      try {
        await journey({ ...window, base: options.base, user: options.user, password, signIn });
      } catch (failure) {
        const [place] = /\w+\.mjs:\d+/.exec(/e2e\/.*/.exec(failure.stack ?? '')?.[0] ?? '') ?? [''];
        findings.push(`journey ${name}: ${failure.message.split('\n')[0]} (${place})`);
      }
      findings.push(...window.faults().map((each) => `journey ${name}: ${each}`));
      await window.context.close();
    }
  }
  if (options.journey) {
    wanted.length = 0;
  }
  if (!options.only && !options.journey) {
    const view = await firstView(browser, options.base, state);
    findings.push(...view.findings);
    process.stdout.write(`${view.lines.join('\n')}\n`);
  }
  // Both languages, both schemes and both widths are in these two; the other combinations are walked for the pictures.
  await Promise.all([walk(browser, state, 'en', 'light', 'wide'), walk(browser, state, 'zh', 'dark', 'phone')]);
  if (options.screens) {
    await Promise.all([walk(browser, state, 'zh', 'light', 'wide'), walk(browser, state, 'en', 'dark', 'phone')]);
    await Promise.all([walk(browser, state, 'en', 'dark', 'wide'), walk(browser, state, 'zh', 'light', 'phone')]);
    await Promise.all([walk(browser, state, 'zh', 'dark', 'wide'), walk(browser, state, 'en', 'light', 'phone')]);
  }
} finally {
  await browser.close();
}

for (const finding of findings) {
  process.stdout.write(`${finding}\n`);
}
process.stdout.write(
  `${wanted.length} pages, ${journeys.length} journeys, ${findings.length} findings in ${((Date.now() - started) / 1000).toFixed(0)} s\n`,
);
process.exit(findings.length === 0 ? 0 : 1);
