// SPDX-License-Identifier: Apache-2.0
import { Fragment } from 'react';
import { Link, matchPath, usePlace } from '../app/router';
import { useSession } from '../app/session';
import { groups, mayOpen, pages, pageTexts } from '../pages';
import { texts } from './texts';

/** Every page that the person may open, by group. */
export function Nav({ onFollow }: { onFollow?: () => void }) {
  const t = texts.use();
  const names = pageTexts.use();
  const session = useSession();
  const place = usePlace();
  return (
    <nav className="nav" aria-label={t.navigation}>
      {groups.map((group) => {
        const shown = pages.filter((page) => page.group === group && mayOpen(page, session));
        return shown.length === 0 ? null : (
          <Fragment key={group}>
            <h2 id={`nav-${group}`}>{names[group]}</h2>
            <ul aria-labelledby={`nav-${group}`}>
              {shown.map((page) => {
                const here =
                  page.path === '/'
                    ? place.path === '/'
                    : matchPath(page.path, place.path) !== undefined || place.path.startsWith(`${page.path}/`);
                const Icon = page.icon;
                return (
                  <li key={page.path}>
                    <Link to={page.path} aria-current={here ? 'page' : undefined} onClick={onFollow}>
                      <Icon aria-hidden />
                      {names[page.title]}
                    </Link>
                  </li>
                );
              })}
            </ul>
          </Fragment>
        );
      })}
    </nav>
  );
}
