// SPDX-License-Identifier: Apache-2.0
import { Input, Select } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { api } from '../../app/api';
import { useLanguage } from '../../app/preferences';
import { useQuery } from '../../app/router';
import { useLoad } from '../../app/useLoad';
import { Empty, Loaded, Page } from '../../ui/basics';
import { useFormat } from '../../ui/format';
import { Details } from './details';
import { type Document, entriesOf, type Entry, fits } from './openapi';
import './reference.css';
import { domainTitles, texts } from './texts';

function Item({ entry, document }: { entry: Entry; document: Document }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="api" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={`method ${entry.method}`}>{entry.method.toUpperCase()}</span>
        <code className="address">{entry.path.replace('/api/v1', '')}</code>
        <span className="summary" lang="en">{entry.operation.summary}</span>
      </summary>
      {open ? <Details entry={entry} document={document} /> : null}
    </details>
  );
}

function Operations({ document }: { document: Document }) {
  const t = texts.use();
  const format = useFormat();
  const names = domainTitles[useLanguage()];
  const [text, setText] = useQuery('find');
  const [domain, setDomain] = useQuery('domain');
  const sought = useDeferredValue(text);
  const entries = useMemo(() => entriesOf(document), [document]);
  const shown = useMemo(
    () => entries.filter((each) => (domain === '' || each.tag === domain) && fits(each, sought)),
    [entries, domain, sought],
  );
  const tags = [...new Set(shown.map((each) => each.tag))];
  const domains = [...new Set(entries.map((each) => each.tag))];
  const nameOf = (tag: string) => names[tag] ?? tag;
  return (
    <>
      <div className="filters">
        <Input
          type="search"
          allowClear
          aria-label={t.find}
          placeholder={t.find}
          value={text}
          onChange={(event) => setText(event.target.value)}
          style={{ maxWidth: 380 }}
        />
        <Select
          aria-label={t.domain}
          value={domain}
          onChange={setDomain}
          style={{ minWidth: 170 }}
          options={[
            { value: '', label: t.allDomains },
            ...domains.map((each) => ({ value: each, label: nameOf(each) })),
          ]}
        />
        <span className="quiet" role="status">
          {t.shown(format.number(shown.length))}
        </span>
      </div>
      <p className="quiet">
        {t.exampleHint} {t.problem}
      </p>
      {shown.length === 0 ? <Empty title={t.none} hint={t.noneHint} /> : null}
      {tags.map((tag) => (
        <section key={tag}>
          <h2 className="section">{nameOf(tag)}</h2>
          <p className="quiet" lang="en">
            {document.tags?.find((each) => each.name === tag)?.description}
          </p>
          <div className="table-box">
            {shown
              .filter((each) => each.tag === tag)
              .map((each) => (
                <Item key={`${each.method} ${each.path}`} entry={each} document={document} />
              ))}
          </div>
        </section>
      ))}
    </>
  );
}

export default function Reference() {
  const t = texts.use();
  const document = useLoad('openapi', (signal) => api.get<Document>('openapi.json', {}, signal));
  return (
    <Page title={t.title} intro={t.intro} actions={<a href="/api/v1/openapi.json">{t.document}</a>}>
      <Loaded state={document}>{(data) => <Operations document={data} />}</Loaded>
    </Page>
  );
}
