// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../app/preferences';
import { Tag } from '../../ui/basics';
import { type BundleHealth, type DomainHealth, toneOfHealth, word } from '../model';
import './overview.css';
import { domainNames, texts } from './texts';

function Bundle({ bundle }: { bundle: BundleHealth }) {
  const t = texts.use();
  const language = useLanguage();
  return (
    <details className="tree-bundle">
      <summary>
        <span className="tree-name">
          {bundle.symbolicName.replace(/^org\.solera\./, '')} <span className="quiet">{bundle.version}</span>
        </span>
        <Tag tone={toneOfHealth[bundle.status]}>{word(bundle.status, language)}</Tag>
      </summary>
      {bundle.parts.length === 0 ? <p className="quiet">{t.noParts}</p> : null}
      <ul className="plain-list">
        {bundle.parts.map((part) => (
          <li key={part.name}>
            <div className="split">
              <span className="mono">{part.name}</span>
              <Tag tone={toneOfHealth[part.status]}>{word(part.status, language)}</Tag>
            </div>
            {part.detail ? <div className="quiet">{part.detail}</div> : null}
            {part.nextAction ? <div>{part.nextAction}</div> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The health of the appliance down to the part; what does not work is open. */
export function HealthView({ domains }: { domains: DomainHealth[] }) {
  const t = texts.use();
  const language = useLanguage();
  return (
    <div className="tree">
      {domains.map((domain) => (
        <details key={domain.domain} open={domain.status === 'down' || domain.status === 'degraded'}>
          <summary>
            <span className="tree-name">
              <strong>{domainNames[language][domain.domain] ?? domain.domain}</strong> <span className="quiet">{t.bundlesOf(domain.bundles.length)}</span>
            </span>
            <Tag tone={toneOfHealth[domain.status]}>{word(domain.status, language)}</Tag>
          </summary>
          {domain.bundles.map((bundle) => (
            <Bundle key={`${bundle.id}`} bundle={bundle} />
          ))}
        </details>
      ))}
    </div>
  );
}
