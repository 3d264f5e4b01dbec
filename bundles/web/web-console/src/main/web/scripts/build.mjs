// SPDX-License-Identifier: Apache-2.0
// Builds the console: dependencies when the lock file changed, then types, lint, tests and the bundle when a source did.
// Usage: node scripts/build.mjs [WORK FOLDER [TARGET FOLDER]]; the target holds one compressed pair (.br, .gz) for each file.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { checkLock } from './lock.mjs';
import { checkSizes } from './sizes.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const work = resolve(process.argv[2] ?? join(root, 'dist'));
const out = join(work, 'packed');
const raw = join(work, 'raw');
const stampFile = join(work, 'stamp');
const target = process.argv[3] ? resolve(process.argv[3]) : undefined;
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node 20.19 or later is needed to build the console; this is ${process.versions.node}.`);
}

function fail(message) {
  process.stderr.write(`web-console: ${message}\n`);
  process.exit(1);
}

function run(name, command, args) {
  return new Promise((done, refuse) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, SOLERA_WEB_OUT: raw, NO_COLOR: '1', CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let told = '';
    child.stdout.on('data', (chunk) => (told += chunk));
    child.stderr.on('data', (chunk) => (told += chunk));
    child.on('error', refuse);
    child.on('close', (code) => (code === 0 ? done(told) : refuse(new Error(`${name} failed:\n${told}`))));
  });
}

const tool = (name, file, ...args) => run(name, process.execPath, [join('node_modules', file), ...args]);

async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function hashOf(files) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of files) {
    hash.update(relative(root, file)).update('\0').update(await readFile(file)).update('\0');
  }
  return hash.digest('hex');
}

async function installDependencies() {
  const lock = await hashOf([join(root, 'package-lock.json'), join(root, 'package.json')]);
  const stamp = join(root, 'node_modules', '.solera-lock');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === lock) {
    return;
  }
  await run('npm ci', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  await writeFile(stamp, lock);
}

async function pack() {
  const brotli = promisify(brotliCompress);
  const zip = promisify(gzip);
  await rm(out, { recursive: true, force: true });
  const sizes = {};
  for (const file of await filesBelow(raw)) {
    const name = relative(raw, file);
    if (name === 'manifest.json') {
      continue;
    }
    const content = await readFile(file);
    const packed = join(out, name);
    await mkdir(dirname(packed), { recursive: true });
    const br = await brotli(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    });
    const gz = await zip(content, { level: 9 });
    sizes[name] = { raw: content.length, br: br.length, gz: gz.length };
    if (name === 'index.html') {
      await writeFile(packed, content); // gets a nonce for each answer, so it is compressed by nobody
    } else {
      await writeFile(`${packed}.br`, br);
      await writeFile(`${packed}.gz`, gz);
    }
  }
  return sizes;
}

/** The target holds this version and nothing of an earlier one. */
async function deliver() {
  if (target) {
    await rm(target, { recursive: true, force: true });
    await cp(out, target, { recursive: true });
  }
}

try {
  await checkLock();
  const sources = [
    ...['package.json', 'package-lock.json', 'index.html', 'tsconfig.json', 'vite.config.ts', 'eslint.config.js'].map(
      (name) => join(root, name),
    ),
    ...(await filesBelow(join(root, 'src'))),
    ...(await filesBelow(join(root, 'scripts'))),
  ];
  const wanted = await hashOf(sources);
  if (existsSync(stampFile) && existsSync(out) && (await readFile(stampFile, 'utf8')) === wanted) {
    await deliver();
    process.exit(0);
  }
  await installDependencies();
  await mkdir(work, { recursive: true });
  // Two at a time: the build machine has two cores at the least.
  await Promise.all([
    tool('The type check', 'typescript/bin/tsc', '--noEmit').then(() => tool('eslint', 'eslint/bin/eslint.js', '.')),
    tool('vite', 'vite/bin/vite.js', 'build', '--logLevel', 'warn').then(() =>
      tool('vitest', 'vitest/vitest.mjs', 'run', '--reporter=dot'),
    ),
  ]);
  const sizes = await pack();
  const manifest = JSON.parse(await readFile(join(raw, 'manifest.json'), 'utf8'));
  for (const line of checkSizes(manifest, sizes)) {
    process.stdout.write(`web-console: ${line}\n`);
  }
  await rm(raw, { recursive: true, force: true });
  await writeFile(stampFile, wanted);
  await deliver();
} catch (failure) {
  fail(failure.message);
}
