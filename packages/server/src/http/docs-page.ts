import { createHash } from 'node:crypto';

/** The parts of an OpenAPI document the page shows. */
interface Schema {
  type?: string | string[];
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
}
interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: unknown[];
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content: Record<string, { schema: unknown }> }>;
}
interface Field {
  name: string;
  place: string;
  isRequired: boolean;
  schema: Schema;
}

export interface DocsPage {
  html: string;
  /** What a content security policy must allow for the page to have its style. */
  styleSource: string;
}

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { margin-top: 3rem; text-transform: capitalize; }
article { border-top: 1px solid var(--line); padding: .5rem 0 1rem; }
code, pre { font: 14px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { overflow: auto; max-height: 30rem; }
table { border-collapse: collapse; width: 100%; display: block; overflow: auto; }
th, td { text-align: start; vertical-align: top; padding: .25rem 1rem .25rem 0; }
nav a { margin-inline-end: 1rem; }
`;

/** The API to read: one page without scripts, made from the OpenAPI document alone. */
export function createDocsPage(document: { openapi: string; paths?: unknown }): DocsPage {
  const operations = operationsByTag(document.paths as Record<string, Record<string, Operation>>);
  const tags = [...operations.keys()];
  const links = tags.map((tag) => `<a href="#${escape(tag)}">${escape(tag)}</a>`).join('');
  const sections = [...operations].map(
    ([tag, articles]) => `<h2 id="${escape(tag)}">${escape(tag)}</h2>${articles.join('')}`,
  );
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chat Playground API</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Chat Playground API</h1>
<p>For programs: <a href="openapi.json">openapi.json</a>.</p>
<nav>${links}</nav>
${sections.join('\n')}
</body>
</html>`;
  const hash = createHash('sha256').update(STYLE).digest('base64');
  return { html, styleSource: `'sha256-${hash}'` };
}

function operationsByTag(paths: Record<string, Record<string, Operation>>): Map<string, string[]> {
  const byTag = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [tag = ''] = operation.tags;
      byTag.set(tag, [...(byTag.get(tag) ?? []), renderOperation(method, path, operation)]);
    }
  }
  return byTag;
}

function renderOperation(method: string, path: string, operation: Operation): string {
  const isOpen = operation.security.length === 0;
  const responses = Object.entries(operation.responses).map(
    ([status, { description, content }]) =>
      `<details><summary>${status}: ${escape(description)}</summary>` +
      `<pre>${escape(JSON.stringify(content, null, 2))}</pre></details>`,
  );
  return `<article id="${escape(operation.operationId)}">
<h3><code>${method.toUpperCase()} ${escape(path)}</code></h3>
<p>${escape(operation.summary)}.${isOpen ? '' : ' Needs an access token.'}</p>
${renderFields(fieldsOf(operation))}
${responses.join('\n')}
</article>`;
}

function fieldsOf({ parameters, requestBody }: Operation): Field[] {
  const body = requestBody?.content['application/json']?.schema ?? {};
  return [
    ...parameters.map(({ name, in: place, required, schema }) => ({
      name,
      place,
      isRequired: required,
      schema,
    })),
    ...Object.entries(body.properties ?? {}).map(([name, schema]) => ({
      name,
      place: 'body',
      isRequired: body.required?.includes(name) ?? false,
      schema,
    })),
  ];
}

function renderFields(fields: readonly Field[]): string {
  if (fields.length === 0) return '';
  const rows = fields.map(
    ({ name, place, isRequired, schema }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(place)}</td>` +
      `<td>${isRequired ? 'required' : ''}</td><td>${escape(inWords(schema))}</td></tr>`,
  );
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function inWords(schema: Schema): string {
  const { minLength, maxLength, minimum, maximum } = schema;
  const said = [
    schema.enum ? schema.enum.join(' or ') : [schema.type ?? []].flat().join(' or '),
    minLength === undefined ? '' : `at least ${minLength} characters`,
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
    isBound(minimum) ? `at least ${minimum}` : '',
    isBound(maximum) ? `at most ${maximum}` : '',
    schema.default === undefined ? '' : `${JSON.stringify(schema.default)} by default`,
  ];
  return said.filter(Boolean).join(', ');
}

/** The limits of whole numbers as such are nobody's rule. */
function isBound(value: number | undefined): boolean {
  return value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
