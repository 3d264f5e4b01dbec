// SPDX-License-Identifier: Apache-2.0
// The lock file names packages and hashes, never a server: where they come from is the choice of whoever builds.
import { readFile, writeFile } from 'node:fs/promises';

const file = new URL('../package-lock.json', import.meta.url);

/** Takes out what npm writes for people: addresses for donations and notes about deprecation. */
export async function cleanLock() {
  const text = await readFile(file, 'utf8');
  const lock = JSON.parse(text);
  for (const entry of Object.values(lock.packages)) {
    delete entry.funding;
    delete entry.deprecated;
    delete entry.resolved;
  }
  const next = `${JSON.stringify(lock, null, 2)}\n`;
  if (next !== text) {
    await writeFile(file, next);
  }
}

export async function checkLock() {
  const found = (await readFile(file, 'utf8')).match(/https?:\/\/[^"\s]+/);
  if (found) {
    throw new Error(`package-lock.json names an address (${found[0]}). Run: node scripts/lock.mjs`);
  }
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split('/').pop())) {
  await cleanLock();
  await checkLock();
}
