import { describe, expect, it } from 'vitest';
import { EFFECT_TYPES } from '../model/effect.ts';
import { FACTS, OPERATORS } from './catalogue.ts';
import { catalogue, policyJsonSchema } from './catalogue-document.ts';

type Json = { readonly [key: string]: unknown };

function everywhere(value: unknown, visit: (object: Json) => void): void {
  if (Array.isArray(value)) for (const entry of value) everywhere(entry, visit);
  else if (value !== null && typeof value === 'object') {
    visit(value as Json);
    for (const entry of Object.values(value)) everywhere(entry, visit);
  }
}

describe('the catalogue as a document', () => {
  it('names every fact, operator and effect, and is plain JSON', () => {
    const document = catalogue();
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    expect(document.facts.map(({ name }) => name)).toEqual(FACTS.map(({ name }) => name));
    expect(document.operators).toEqual(OPERATORS);
    expect(document.effects.map(({ type }) => type).sort()).toEqual([...EFFECT_TYPES].sort());
  });

  it('describes each effect’s parameters as its shape has them', () => {
    for (const { type, params, schema } of catalogue().effects) {
      const { properties, required } = schema as { properties: Json; required: string[] };
      expect(Object.keys(properties).sort(), type).toEqual(params.map(({ name }) => name).sort());
      const wanted = params.filter((param) => param.required).map(({ name }) => name);
      expect([...required].sort(), type).toEqual(wanted.sort());
    }
  });
});

describe('the JSON Schema of policies', () => {
  it('enumerates facts and operators, each operator in one shape of comparison', () => {
    const { $defs } = policyJsonSchema() as { $defs: Record<string, Json> };
    expect($defs['fact']!['enum']).toEqual(FACTS.map(({ name }) => name));
    const shapes = $defs['comparison']!['anyOf'] as { properties: { operator: { enum: string[] } } }[];
    const named = shapes.flatMap(({ properties }) => properties.operator.enum);
    expect(named.sort()).toEqual(OPERATORS.map(({ name }) => name).sort());
  });

  it('leads every reference somewhere, and conditions to their definition', () => {
    const schema = policyJsonSchema();
    const { $defs } = schema as { $defs: Json };
    const refs: string[] = [];
    everywhere(schema, ({ $ref }) => {
      if (typeof $ref === 'string') refs.push($ref);
    });
    for (const ref of refs) expect(Object.keys($defs)).toContain(ref.replace('#/$defs/', ''));
    const rules = (schema as { properties: { rules: { items: { properties: { conditions: Json } } } } }).properties
      .rules;
    expect(rules.items.properties.conditions).toEqual({ $ref: '#/$defs/conditions' });
  });
});
