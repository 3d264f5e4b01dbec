// SPDX-License-Identifier: Apache-2.0

/** The part of OpenAPI 3.0 that the appliance writes. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  enum?: string[];
  default?: unknown;
  nullable?: boolean;
  required?: string[];
  description?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
}

export interface Content {
  content?: Record<string, { schema?: Schema }>;
  description?: string;
}

export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: unknown[];
  'x-roles'?: string[];
  /** What the roles may be held for instead of everywhere: bucket, hub. */
  'x-scope'?: string;
  parameters?: { in: string; name: string; required?: boolean; schema?: Schema; description?: string }[];
  requestBody?: Content;
  responses?: Record<string, Content>;
}

export interface Document {
  info: { title: string; version: string; description?: string };
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

export interface Entry {
  path: string;
  method: string;
  tag: string;
  operation: Operation;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const DEPTH = 6;

/** All operations, by domain, in the order of their addresses. */
export function entriesOf(document: Document): Entry[] {
  return Object.entries(document.paths)
    .flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method): Entry => {
        const operation = item[method] as Operation;
        return { path, method, tag: operation.tags?.[0] ?? path.split('/')[3] ?? '', operation };
      }),
    )
    .sort(
      (one, other) =>
        one.tag.localeCompare(other.tag) ||
        one.path.localeCompare(other.path) ||
        METHODS.indexOf(one.method) - METHODS.indexOf(other.method),
    );
}

export function fits(entry: Entry, text: string): boolean {
  const words = `${entry.method} ${entry.path} ${entry.operation.summary ?? ''} ${entry.operation.operationId ?? ''}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

/** The schema that a reference names; another one as it is. */
export function resolved(schema: Schema, document: Document): Schema {
  return schema.$ref ? (document.components?.schemas?.[nameOf(schema)] ?? {}) : schema;
}

const nameOf = (schema: Schema): string => schema.$ref?.split('/').at(-1) ?? '';

/** `array of UserDto`, `string (date-time)`, `map of string`: a type as people say it. */
export function typeOf(schema: Schema): string {
  if (schema.$ref) {
    return nameOf(schema).replace(/^.*\./, '');
  }
  if (schema.type === 'array') {
    return `array of ${typeOf(schema.items ?? {})}`;
  }
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object') {
    return `map of ${typeOf(schema.additionalProperties)}`;
  }
  const type = schema.type ?? 'any';
  return schema.format ? `${type} (${schema.format})` : type;
}

/** A property of a body or an answer, with its place in it: `user.groups`, `items[].name`. */
export interface Row {
  name: string;
  schema: Schema;
  required: boolean;
}

/** The properties of a schema, those of nested ones below them, to a bounded depth. */
export function rowsOf(schema: Schema | undefined, document: Document, prefix = '', seen: readonly string[] = []): Row[] {
  if (!schema || seen.length > DEPTH || (schema.$ref && seen.includes(schema.$ref))) {
    return [];
  }
  const inner = resolved(schema, document);
  const way = [...seen, schema.$ref ?? ''];
  if (inner.type === 'array') {
    return rowsOf(inner.items, document, `${prefix}[]`, way);
  }
  return Object.entries(inner.properties ?? {}).flatMap(([key, each]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    return [{ name, schema: each, required: inner.required?.includes(key) ?? false }, ...rowsOf(each, document, name, way)];
  });
}

/** The bounds and choices of a value, where it has some. */
export function limitsOf(schema: Schema): string {
  return [
    schema.enum ? schema.enum.join(' | ') : '',
    schema.minimum === undefined ? '' : `≥ ${schema.minimum}`,
    schema.maximum === undefined ? '' : `≤ ${schema.maximum}`,
    schema.maxLength === undefined ? '' : `≤ ${schema.maxLength} characters`,
    schema.maxItems === undefined ? '' : `≤ ${schema.maxItems} items`,
    schema.default === undefined || schema.default === '' ? '' : `= ${String(schema.default)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** An example value of a schema: names of types where there is nothing better. */
export function exampleOf(schema: Schema | undefined, document: Document, depth = 0): unknown {
  if (!schema || depth > DEPTH) {
    return {};
  }
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return exampleOf(document.components?.schemas?.[name], document, depth + 1);
  }
  if (schema.enum?.length) {
    return schema.enum[0];
  }
  if (schema.default !== undefined) {
    return schema.default;
  }
  switch (schema.type) {
    case 'array':
      return [exampleOf(schema.items, document, depth + 1)];
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return true;
    case 'string':
      return schema.format === 'date-time' ? '2026-01-01T00:00:00Z' : schema.format === 'binary' ? 'FILE' : 'TEXT';
    default:
      return schema.properties
        ? Object.fromEntries(
            Object.entries(schema.properties).map(([name, each]) => [name, exampleOf(each, document, depth + 1)]),
          )
        : {};
  }
}

/** A line for the shell that makes this request. */
export function curlOf(entry: Entry, document: Document, origin: string): string {
  const { operation, method } = entry;
  const path = entry.path.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase());
  const query = (operation.parameters ?? [])
    .filter((each) => each.in === 'query' && each.required)
    .map((each) => `${each.name}=${each.name.toUpperCase()}`)
    .join('&');
  const lines = [`curl --cacert solera-ca.pem${method === 'get' ? '' : ` -X ${method.toUpperCase()}`}`];
  if (operation.security === undefined || operation.security.length > 0) {
    lines.push("-H 'Authorization: Bearer TOKEN'");
  }
  for (const each of operation.parameters ?? []) {
    if (each.in === 'header' && each.required) {
      lines.push(`-H '${each.name}: ${each.name.toUpperCase()}'`);
    }
  }
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  if (body) {
    const [type, { schema }] = body;
    lines.push(`-H 'Content-Type: ${type}'`);
    lines.push(type.includes('json') ? `-d '${JSON.stringify(exampleOf(schema, document))}'` : '--data-binary @FILE');
  }
  lines.push(`'${origin}${path}${query ? `?${query}` : ''}'`);
  return lines.join(' \\\n  ');
}
