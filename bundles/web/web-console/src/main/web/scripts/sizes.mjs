// SPDX-License-Identifier: Apache-2.0
// Budgets of what a browser has to fetch, in KiB after brotli.

const BUDGETS = {
  'sign-in': { entries: ['index.html'], limit: 100 },
  'first view (frame and overview)': {
    entries: ['index.html', 'src/frame/frame.tsx', 'src/system/overview/page.tsx'],
    limit: 300,
  },
};
const PAGE_LIMIT = 420;

/** Everything that a chunk needs before it runs. */
function closure(manifest, entries) {
  const seen = new Set();
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) {
      return;
    }
    seen.add(key);
    files.add(chunk.file);
    for (const css of chunk.css ?? []) {
      files.add(css);
    }
    for (const asset of chunk.assets ?? []) {
      files.add(asset);
    }
    (chunk.imports ?? []).forEach(visit);
  };
  entries.forEach(visit);
  return files;
}

const sum = (files, sizes) => [...files].reduce((total, file) => total + (sizes[file]?.br ?? 0), 0) / 1024;

/** {@return one line for each figure}; throws when one is over its budget. */
export function checkSizes(manifest, sizes) {
  const lines = [];
  const over = [];
  for (const [name, { entries, limit }] of Object.entries(BUDGETS)) {
    const files = closure(manifest, entries);
    const size = sum(files, sizes) + (sizes['index.html']?.br ?? 0) / 1024;
    lines.push(`${name}: ${size.toFixed(0)} KiB in ${files.size + 1} files (budget ${limit} KiB)`);
    if (size > limit) {
      over.push(name);
    }
  }
  const base = closure(manifest, ['index.html', 'src/frame/frame.tsx']);
  for (const key of Object.keys(manifest).filter((each) => each.endsWith('/page.tsx') && !each.includes('signin'))) {
    const own = [...closure(manifest, [key])].filter((file) => !base.has(file));
    const size = sum(own, sizes);
    lines.push(`  ${key.replace(/^src\/|\/page\.tsx$/g, '')}: ${size.toFixed(0)} KiB beyond the frame`);
    if (size > PAGE_LIMIT) {
      over.push(key);
    }
  }
  const all = Object.values(sizes).reduce((total, each) => total + each.br, 0) / 1024;
  lines.push(`whole console: ${all.toFixed(0)} KiB`);
  if (over.length > 0) {
    throw new Error(`Over budget: ${over.join(', ')}.\n${lines.join('\n')}`);
  }
  return lines;
}
