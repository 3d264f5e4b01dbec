// SPDX-License-Identifier: Apache-2.0
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/base.css';
import { Root } from './app/root';
import { reloadOnMissingChunks } from './app/chunks';
import { loadSession } from './app/session';

reloadOnMissingChunks();
void loadSession();
// A page that comes back from the browser's memory may be of somebody who has signed out since.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) {
    void loadSession();
  }
});

const place = document.getElementById('root');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
}
