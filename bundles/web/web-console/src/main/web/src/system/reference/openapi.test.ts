// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { curlOf, type Document, entriesOf, fits, limitsOf, rowsOf, typeOf } from './openapi';

const document: Document = {
  info: { title: 'Solera', version: '1' },
  paths: {
    '/api/v1/users/groups/{name}': {
      put: {
        tags: ['users'],
        summary: 'Changes a group.',
        parameters: [
          { in: 'path', name: 'name', required: true },
          { in: 'header', name: 'If-Match', required: true },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Edit' } } } },
      },
      get: { tags: ['users'], security: [] },
    },
  },
  components: {
    schemas: { Edit: { type: 'object', properties: { grants: { type: 'array', items: { type: 'string' } } } } },
  },
};

describe('the reference', () => {
  const [get, put] = entriesOf(document);

  it('finds by method, address and words together', () => {
    expect(put && fits(put, 'PUT group changes')).toBe(true);
    expect(get && fits(get, 'put')).toBe(false);
  });

  it('writes a request for the shell, with its body, headers and names in capitals', () => {
    expect(put && curlOf(put, document, 'https://box')).toBe(
      [
        'curl --cacert solera-ca.pem -X PUT',
        "-H 'Authorization: Bearer TOKEN'",
        "-H 'If-Match: IF-MATCH'",
        "-H 'Content-Type: application/json'",
        '-d \'{"grants":["TEXT"]}\'',
        "'https://box/api/v1/users/groups/NAME'",
      ].join(' \\\n  '),
    );
    expect(get && curlOf(get, document, 'https://box')).not.toContain('Bearer');
  });

  it('lists the properties of nested schemas with their places, and ends where a schema holds itself', () => {
    const nested: Document = {
      ...document,
      components: {
        schemas: {
          Tree: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, parts: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
          },
        },
      },
    };
    const rows = rowsOf({ type: 'array', items: { $ref: '#/components/schemas/Tree' } }, nested);
    expect(rows.map((row) => [row.name, typeOf(row.schema), row.required])).toEqual([
      ['[].name', 'string', true],
      ['[].parts', 'array of Tree', false],
    ]);
  });

  it('says bounds and choices', () => {
    expect(limitsOf({ type: 'string', enum: ['a', 'b'], default: 'a' })).toBe('a | b, = a');
    expect(limitsOf({ type: 'integer', minimum: 1, maximum: 1000 })).toBe('≥ 1, ≤ 1000');
    expect(typeOf({ type: 'object', additionalProperties: { type: 'string', format: 'date-time' } })).toBe(
      'map of string (date-time)',
    );
  });
});
