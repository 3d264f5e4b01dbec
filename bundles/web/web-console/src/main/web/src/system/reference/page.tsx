// SPDX-License-Identifier: Apache-2.0
import { Input } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { api } from '../../app/api';
import { useLanguage } from '../../app/preferences';
import { useQuery } from '../../app/router';
import { useLoad } from '../../app/useLoad';
import { Copy, Empty, Facts, Loaded, Page, Tag } from '../../ui/basics';
import { useFormat } from '../../ui/format';
import { roleName } from '../../ui/grants';
import { curlOf, type Document, entriesOf, type Entry, exampleOf, fits } from './openapi';
import './reference.css';
import { texts } from './texts';

function Roles({ entry }: { entry: Entry }) {
  const t = texts.use();
  const language = useLanguage();
  const { security } = entry.operation;
  const roles = entry.operation['x-roles'] ?? [];
  if (security && security.length === 0) {
    return <Tag flat>{t.anybody}</Tag>;
  }
  return roles.length === 0 ? (
    <Tag flat>{t.signedIn}</Tag>
  ) : (
    <span className="row">
      {roles.map((role) => (
        <Tag key={role} flat>
          {roleName(role, language)}
        </Tag>
      ))}
    </span>
  );
}

function Details({ entry, document }: { entry: Entry; document: Document }) {
  const t = texts.use();
  const { operation } = entry;
  const curl = curlOf(entry, document, window.location.origin);
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  return (
    <div className="api-body">
      <Facts
        pairs={[
          [t.roles, <Roles key="roles" entry={entry} />],
          [
            t.parameters,
            (operation.parameters ?? []).length > 0 ? (
              <ul key="parameters" className="bullets">
                {operation.parameters?.map((each) => (
                  <li key={`${each.in} ${each.name}`}>
                    <code>{each.name}</code>{' '}
                    <span className="quiet">
                      {[
                        each.in,
                        each.schema?.type,
                        each.required ? t.needed : '',
                        each.schema?.default !== undefined && each.schema.default !== '' ? `= ${String(each.schema.default)}` : '',
                        each.description,
                      ]
                        .filter(Boolean)
                        .join(', ')}
                    </span>
                  </li>
                ))}
              </ul>
            ) : null,
          ],
          [
            t.answers,
            <ul key="answers" className="bullets">
              {Object.entries(operation.responses ?? {}).map(([status, answer]) => (
                <li key={status}>
                  <code>{status}</code> {answer.description}{' '}
                  <span className="quiet">{Object.keys(answer.content ?? {}).join(', ')}</span>
                </li>
              ))}
            </ul>,
          ],
        ]}
      />
      {body?.[0].includes('json') ? (
        <div>
          <h3 className="sub">{t.body}</h3>
          <pre className="code">{JSON.stringify(exampleOf(body[1].schema, document), null, 2)}</pre>
        </div>
      ) : null}
      <div>
        <div className="split">
          <h3 className="sub">{t.example}</h3>
          <Copy text={curl} label={`${entry.method} ${entry.path}`} />
        </div>
        <pre className="code">{curl}</pre>
      </div>
    </div>
  );
}

function Item({ entry, document }: { entry: Entry; document: Document }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="api" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={`method ${entry.method}`}>{entry.method.toUpperCase()}</span>
        <code className="address">{entry.path.replace('/api/v1', '')}</code>
        <span className="summary">{entry.operation.summary}</span>
      </summary>
      {open ? <Details entry={entry} document={document} /> : null}
    </details>
  );
}

function Operations({ document }: { document: Document }) {
  const t = texts.use();
  const format = useFormat();
  const [text, setText] = useQuery('find');
  const sought = useDeferredValue(text);
  const entries = useMemo(() => entriesOf(document), [document]);
  const shown = useMemo(() => entries.filter((each) => fits(each, sought)), [entries, sought]);
  const tags = [...new Set(shown.map((each) => each.tag))];
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
          <h2 className="section">{tag}</h2>
          <p className="quiet">{document.tags?.find((each) => each.name === tag)?.description}</p>
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
