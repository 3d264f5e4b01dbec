// SPDX-License-Identifier: Apache-2.0
import { api, type Page as ListPage } from '../../app/api';
import { twin } from '../../app/i18n';
import { useLanguage } from '../../app/preferences';
import { Link, useQuery } from '../../app/router';
import { useLoad } from '../../app/useLoad';
import { Empty, Loaded, Page } from '../../ui/basics';
import { CertificatePanel } from './certificate';
import { NetworkNow, TimeNow } from './place';
import { SectionForm } from './sectionForm';
import './settings.css';
import { texts } from './texts';
import { type Section } from './values';

const CERTIFICATE = 'certificate';
const ORDER = ['network', 'certificate', 'time', 'mail', 'webhook', 'syslog', 'ldap', 'oidc', 'backup'];

function rank(id: string): number {
  const place = ORDER.indexOf(id);
  return place < 0 ? ORDER.length : place;
}

export default function Settings() {
  const t = texts.use();
  const language = useLanguage();
  const [chosen] = useQuery('section');
  const sections = useLoad('sections', (signal) => api.get<ListPage<Section>>('system/settings', {}, signal));
  return (
    <Page title={t.title} intro={t.intro}>
      <Loaded state={sections}>
        {({ items }) => {
          const sorted = [...items].sort((one, other) => rank(one.id) - rank(other.id) || one.id.localeCompare(other.id));
          const id = chosen || sorted[0]?.id || CERTIFICATE;
          const section = items.find((each) => each.id === id);
          const entries = sorted.map((each) => ({ id: each.id, title: twin(language, each.title, each.titleZh) }));
          if (!entries.some((each) => each.id === CERTIFICATE)) {
            entries.push({ id: CERTIFICATE, title: t.certificate });
          }
          return (
            <div className="settings">
              <nav aria-label={t.sections}>
                <ul className="settings-list">
                  {entries.map((each) => (
                    <li key={each.id}>
                      <Link to={`/settings?section=${each.id}`} aria-current={each.id === id ? 'true' : undefined}>
                        {each.title}
                      </Link>
                    </li>
                  ))}
                </ul>
              </nav>
              <div className="settings-body">
                {id === CERTIFICATE ? <CertificatePanel /> : null}
                {section ? (
                  <SectionForm key={`${section.id} ${section.version}`} section={section} saved={sections.reload} />
                ) : id === CERTIFICATE ? null : (
                  <Empty title={t.none} hint={t.noneHint} />
                )}
                {id === 'network' ? <NetworkNow /> : null}
                {id === 'time' ? <TimeNow /> : null}
              </div>
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}
