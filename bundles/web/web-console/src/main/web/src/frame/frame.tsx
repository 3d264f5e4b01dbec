// SPDX-License-Identifier: Apache-2.0
import { MenuOutlined } from '@ant-design/icons';
import { App, ConfigProvider, Drawer } from 'antd';
import type { Locale } from 'antd/es/locale';
import english from 'antd/locale/en_US';
import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';
import icon from '../app/icon.svg';
import { connectLive, retryLive, useLiveState } from '../app/live';
import { useLanguage, useScheme } from '../app/preferences';
import { Safety } from '../app/root';
import { Link, matchPath, usePlace } from '../app/router';
import { allows, useSession } from '../app/session';
import { mayOpen, type PageEntry, type PageProps, pages, pageTexts } from '../pages';
import { Empty } from '../ui/basics';
import { NoticeBell, OperationsBell } from './bell';
import './frame.css';
import { Nav } from './nav';
import { giveStylesTheNonce } from './nonce';
import { texts } from './texts';
import { themeOf } from './theme';
import { UserMenu } from './userMenu';

const nonce = giveStylesTheNonce();

const components = new Map<PageEntry, ComponentType<PageProps>>(
  pages.map((page) => [page, lazy(page.load)] as const),
);

/** Words of the library's own parts, fetched for the language that is used. */
function useLocale(): Locale {
  const language = useLanguage();
  const [chinese, setChinese] = useState<Locale>();
  useEffect(() => {
    if (language === 'zh' && !chinese) {
      void import('./chinese').then((found) => setChinese(found.locale));
    }
  }, [language, chinese]);
  return language === 'zh' && chinese ? chinese : english;
}

function LostBanner() {
  const t = texts.use();
  const live = useLiveState();
  return live === 'lost' ? (
    <div className="lost" role="status">
      <span>{t.lost}</span>
      <button type="button" className="copy-button" onClick={retryLive}>
        {t.retry}
      </button>
    </div>
  ) : null;
}

function Content() {
  const t = texts.use();
  const names = pageTexts.use();
  const place = usePlace();
  const session = useSession();
  for (const page of pages) {
    const params = matchPath(page.path, place.path);
    const Component = params ? components.get(page) : undefined;
    if (params && Component) {
      if (!mayOpen(page, session)) {
        return (
          <Empty
            title={t.forbidden}
            hint={t.forbiddenHint(page.domain || names[page.title])}
            action={<Link to="/">{t.home}</Link>}
          />
        );
      }
      return (
        <Safety place={place.path}>
          <Suspense
            fallback={
              <div className="loading" role="status">
                {t.loading}
              </div>
            }
          >
            <Component key={place.path} params={params} />
          </Suspense>
        </Safety>
      );
    }
  }
  return <Empty title={t.notFound} hint={t.notFoundHint} action={<Link to="/">{t.home}</Link>} />;
}

function TopBar() {
  const t = texts.use();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const system = allows(session, 'system', 'read');
  return (
    <header className="topbar">
      <button
        type="button"
        className="icon-button only-narrow"
        aria-label={t.openNavigation}
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <MenuOutlined />
      </button>
      <Link to="/" className="brand">
        <img src={icon} alt="Solera" width="26" height="26" />
        <span aria-hidden="true">Solera</span>
        <small>{window.location.hostname}</small>
      </Link>
      {system ? <OperationsBell /> : null}
      {system ? <NoticeBell /> : null}
      <UserMenu />
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="left"
        size={280}
        title="Solera"
        styles={{ body: { padding: 0 } }}
      >
        <Nav onFollow={() => setOpen(false)} />
      </Drawer>
    </header>
  );
}

/** The console of somebody who is signed in. */
export default function Frame() {
  const t = texts.use();
  const scheme = useScheme();
  const locale = useLocale();
  useEffect(connectLive, []);
  return (
    <ConfigProvider theme={themeOf(scheme)} locale={locale} csp={{ nonce }} button={{ autoInsertSpace: false }}>
      <App component={false}>
        <a className="skip" href="#content">
          {t.skip}
        </a>
        <div className="frame">
          <TopBar />
          <LostBanner />
          <aside className="sidebar">
            <Nav />
          </aside>
          <main id="content" className="content" tabIndex={-1}>
            <Content />
          </main>
        </div>
      </App>
    </ConfigProvider>
  );
}
