// SPDX-License-Identifier: Apache-2.0
import { address, type Query } from '../app/api';

/** Lets the browser fetch and keep a file of the appliance; the session's cookie goes with it. */
export function download(path: string, query: Query = {}, name = ''): void {
  const link = document.createElement('a');
  link.href = address(path, query);
  link.download = name;
  link.click();
}
