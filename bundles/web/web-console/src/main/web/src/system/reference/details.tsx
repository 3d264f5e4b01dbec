// SPDX-License-Identifier: Apache-2.0
import { type ReactNode } from 'react';
import { useLanguage } from '../../app/preferences';
import { Copy, Facts, Tag } from '../../ui/basics';
import { roleName } from '../../ui/grants';
import { type Content, curlOf, type Document, type Entry, exampleOf, limitsOf, type Row, rowsOf, type Schema, typeOf } from './openapi';
import { texts } from './texts';

/** Who may call, in words. */
function Roles({ entry }: { entry: Entry }) {
  const t = texts.use();
  const language = useLanguage();
  const { security } = entry.operation;
  const roles = entry.operation['x-roles'] ?? [];
  const scope = entry.operation['x-scope'];
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
      {scope ? <span className="quiet">{t.scoped(scope)}</span> : null}
    </span>
  );
}

function Line({ name, schema, required, more }: Row & { more?: ReactNode }) {
  const t = texts.use();
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
      </th>
      <td>
        {typeOf(schema)}
        {schema.nullable ? ` ${t.orNull}` : ''}
      </td>
      <td>{required ? <Tag flat>{t.needed}</Tag> : null}</td>
      <td className="quiet">
        {[schema.description, limitsOf(schema)].filter(Boolean).join(' · ')} {more}
      </td>
    </tr>
  );
}

function Lines({ label, rows, place }: { label: string; rows: readonly Row[]; place?: (row: Row) => string }) {
  const t = texts.use();
  return (
    <div className="api-table" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.type}</th>
            <th scope="col">{t.presence}</th>
            <th scope="col">{t.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={`${place?.(row) ?? ''} ${row.name}`} {...row} more={place ? `(${place(row)})` : undefined} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The shape of what is sent or answered: its properties, and an example. */
function Shape({ title, type, schema, document }: { title: string; type: string; schema?: Schema; document: Document }) {
  const t = texts.use();
  const rows = rowsOf(schema, document);
  return (
    <section>
      <h3 className="sub">
        {title} <code className="quiet">{type}</code>
      </h3>
      {rows.length > 0 ? <Lines label={title} rows={rows} /> : <p className="quiet">{schema ? typeOf(schema) : t.nothing}</p>}
      {type.includes('json') && rows.length > 0 ? (
        <details className="api-example">
          <summary>{t.exampleValue}</summary>
          <pre className="code">{JSON.stringify(exampleOf(schema, document), null, 2)}</pre>
        </details>
      ) : null}
    </section>
  );
}

const contentOf = (part: Content | undefined) => Object.entries(part?.content ?? {});

/** Everything about one operation. */
export function Details({ entry, document }: { entry: Entry; document: Document }) {
  const t = texts.use();
  const { operation } = entry;
  const curl = curlOf(entry, document, window.location.origin);
  const places = new Map(operation.parameters?.map((each) => [each.name, each.in]));
  const parameters = (operation.parameters ?? []).map((each): Row => ({
    name: each.name,
    schema: { ...each.schema, description: each.description },
    required: each.required ?? false,
  }));
  return (
    <div className="api-body">
      <Facts pairs={[[t.roles, <Roles key="roles" entry={entry} />]]} />
      {operation.description ? <p>{operation.description}</p> : null}
      {parameters.length > 0 ? (
        <section>
          <h3 className="sub">{t.parameters}</h3>
          <Lines label={t.parameters} rows={parameters} place={(row) => t.places(places.get(row.name) ?? '')} />
        </section>
      ) : null}
      {contentOf(operation.requestBody).map(([type, { schema }]) => (
        <Shape key={type} title={t.body} type={type} schema={schema} document={document} />
      ))}
      {Object.entries(operation.responses ?? {})
        .filter(([status]) => status !== 'default')
        .flatMap(([status, answer]) =>
          contentOf(answer).length === 0
            ? [
                <p key={status}>
                  {t.answer} <code>{status}</code> <span className="quiet">{t.noBody}</span>
                </p>,
              ]
            : contentOf(answer).map(([type, { schema }]) => (
                <Shape key={`${status} ${type}`} title={`${t.answer} ${status}`} type={type} schema={schema} document={document} />
              )),
        )}
      <section>
        <div className="split">
          <h3 className="sub">{t.example}</h3>
          <Copy text={curl} label={`${entry.method} ${entry.path}`} />
        </div>
        <pre className="code">{curl}</pre>
      </section>
    </div>
  );
}
