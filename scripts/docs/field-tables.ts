// Decides how the fields of a noun are listed: from its schema (names, types, limits) and its doc comments (meaning).
// A field without a comment has its text in field-texts.ts; one with neither is an error.
import { fieldComments } from './doc-comments.ts';
import { FIELD_TEXTS } from './field-texts.ts';
import { code, markdownTable } from './markdown-table.ts';

/** The part of JSON Schema that the schemas use. */
interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

export interface Noun {
  /** Title of its first section. */
  readonly title: string;
  readonly schema: { toJSONSchema(): unknown };
  /** File of the model with its comments. */
  readonly file: string;
  /** Objects described at another place: path or definition to link. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

interface Section {
  readonly title: string;
  readonly schema: JsonSchema;
}

/** Names an object that a field holds, and sees to it that it gets its section. */
type Open = (title: string, schema: JsonSchema) => string;

/** Markdown of all sections of a noun. Adds the key of each hand-written text to `used`. */
export function fieldTables(noun: Noun, used: Set<string>): string {
  const root = noun.schema.toJSONSchema() as JsonSchema;
  const comments = fieldComments(noun.file);
  const sections: Section[] = [{ title: noun.title, schema: referred(root, root) }];
  const open: Open = (title, schema) => {
    const link = noun.elsewhere?.[title];
    if (link !== undefined) return link;
    if (!sections.some((section) => section.title === title)) sections.push({ title, schema });
    return `[${title}](#${title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-')})`;
  };
  const parts: string[] = [];
  for (let index = 0; index < sections.length; index++) {
    const { title, schema } = sections[index]!;
    const rows = Object.entries(schema.properties ?? {}).map(([field, of]) => {
      const optional = schema.required?.includes(field) ? '' : ', optional';
      const type = typeText(of, `${title}.${field}`, root, open);
      return [code(field), `${type}${optional}`, meaningOf(title, field, comments, used)];
    });
    parts.push(`### ${title}`, markdownTable(['field', 'type', 'meaning'], rows));
  }
  return parts.join('\n\n');
}

function meaningOf(title: string, field: string, comments: ReadonlyMap<string, string>, used: Set<string>): string {
  const key = [`${title}.${field}`, ...(comments.has(field) ? [] : [`*.${field}`])].find((name) => name in FIELD_TEXTS);
  if (key !== undefined) used.add(key);
  const text = key === undefined ? comments.get(field) : FIELD_TEXTS[key];
  if (text === undefined) throw new Error(`${title}.${field} has neither a doc comment in the model nor a text.`);
  return text;
}

const NAMED: readonly (readonly [RegExp, string])[] = [
  [/^Identifier/, 'id'],
  [/^Money in micros/, 'micros'],
  [/^Local date/, 'date'],
  [/^Instant/, 'instant'],
  [/^Weight in grams/, 'grams'],
  [/^ISO weekdays/, 'ISO weekdays'],
];

function typeText(schema: JsonSchema, path: string, root: JsonSchema, open: Open): string {
  if (schema.$ref !== undefined) return open(lastKey(schema.$ref), referred(schema, root));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeText(choice, path, root, open)))].join(' or ');
  if (Array.isArray(schema.type)) {
    return schema.type.map((type: string) => typeText({ ...schema, type }, path, root, open)).join(' or ');
  }
  if (schema.enum) return schema.enum.map(code).join(', ');
  const named = NAMED.find(([pattern]) => pattern.test(schema.description ?? ''))?.[1];
  if (named !== undefined) return named;
  switch (schema.type) {
    case 'array': {
      const size = range(schema.minItems, schema.maxItems);
      return `list ${size === '' ? '' : `(${size}) `}of ${typeText(schema.items!, path, root, open)}`;
    }
    case 'object':
      return schema.properties || path in FIELD_TEXTS ? open(path, schema) : 'object';
    case 'string':
      return schema.maxLength === undefined ? 'text' : `text (up to ${figure(schema.maxLength)} characters)`;
    case 'integer':
    case 'number':
      return `${schema.type} ${range(schema.minimum, schema.maximum)}`.trim();
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    default:
      return 'any';
  }
}

function referred(schema: JsonSchema, root: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : root.$defs![lastKey(schema.$ref)]!;
}

function lastKey(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

/** An integer without limits comes with those of a safe integer: they say nothing. */
function range(low: number | undefined, high: number | undefined): string {
  const least = low === undefined || low <= Number.MIN_SAFE_INTEGER ? undefined : low;
  const most = high === undefined || high >= Number.MAX_SAFE_INTEGER ? undefined : high;
  if (least === undefined) return most === undefined ? '' : `up to ${figure(most)}`;
  return most === undefined ? `from ${figure(least)}` : `${figure(least)} to ${figure(most)}`;
}

function figure(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
