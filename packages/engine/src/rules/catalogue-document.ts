// Decides what is published of rules in one document: facts, operators, effects with the shapes of their parameters, limits,
// and a JSON Schema of policies in which facts and operators are enumerated.
import { z } from 'zod';
import { COST_MODEL, type CostTermText } from '../model/cost-model.ts';
import { conditionsSchema, effectSchema } from '../model/effect.ts';
import { MAX_RULES, policySchema } from '../model/policy.ts';
import { type Fact, FACTS, type FactScope } from './catalogue.ts';
import { MAX_POLICY_CONDITIONS } from './compile.ts';
import { type Effect, EFFECTS, READABLE } from './effects.ts';
import { type Operator, OPERATORS, type ValueShape } from './operators.ts';
import { MAX_CONDITION_DEPTH, MAX_CONDITIONS, MAX_VALUE_LENGTH, MAX_VALUES } from './parse-condition.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface CatalogueEffect extends Effect {
  /** Scopes of the facts that its rules may read. */
  readonly reads: readonly FactScope[];
  /** JSON Schema of its parameters. */
  readonly schema: JsonSchema;
}

export interface Catalogue {
  readonly facts: readonly Fact[];
  readonly operators: readonly Operator[];
  readonly effects: readonly CatalogueEffect[];
  readonly limits: {
    readonly rules: number;
    readonly conditionsInRule: number;
    readonly conditionsInPolicy: number;
    readonly depth: number;
    readonly valuesInList: number;
    readonly valueLength: number;
  };
  /** What a plan is charged, term by term. */
  readonly costs: readonly CostTermText[];
  /** JSON Schema of a policy. */
  readonly policySchema: JsonSchema;
}

export function catalogue(): Catalogue {
  return {
    facts: FACTS,
    operators: OPERATORS,
    costs: COST_MODEL,
    effects: EFFECTS.map((effect) => ({ ...effect, reads: READABLE[effect.scope], schema: paramsSchema(effect) })),
    limits: {
      rules: MAX_RULES,
      conditionsInRule: MAX_CONDITIONS,
      conditionsInPolicy: MAX_POLICY_CONDITIONS,
      depth: MAX_CONDITION_DEPTH,
      valuesInList: MAX_VALUES,
      valueLength: MAX_VALUE_LENGTH,
    },
    policySchema: policyJsonSchema(),
  };
}

/** JSON Schema 2020-12 of a policy; conditions recur through `$defs`. */
export function policyJsonSchema(): JsonSchema {
  return { ...toJsonSchema(policySchema), title: 'Sourcewright policy', $defs: conditionDefs() };
}

function paramsSchema({ type }: Effect): JsonSchema {
  const option = effectSchema.options.find((candidate) => candidate.shape.type.value === type)!;
  const schema = toJsonSchema(option.shape.params);
  delete schema['$schema'];
  const usesConditions = JSON.stringify(schema).includes('#/$defs/');
  return usesConditions ? { ...schema, $defs: conditionDefs() } : schema;
}

/** Conditions are a plain object to the parser; here they point to what conditions may be. */
function toJsonSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    override: ({ zodSchema, jsonSchema }) => {
      if ((zodSchema as unknown) !== conditionsSchema) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      jsonSchema.$ref = '#/$defs/conditions';
    },
  });
}

const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });

const object = (properties: Record<string, JsonSchema>, required: readonly string[]): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

function conditionDefs(): Record<string, JsonSchema> {
  const priority: JsonSchema = { type: 'integer', minimum: 1 };
  const list: JsonSchema = { type: 'array', items: ref('condition'), minItems: 1 };
  const groups = [
    object({ all: list, priority }, ['all']),
    object({ any: list, priority }, ['any']),
    object({ not: ref('condition'), priority }, ['not']),
    object({ condition: { type: 'string' }, priority }, ['condition']),
  ];
  return {
    conditions: { description: 'all, any, not, or the name of conditions.', anyOf: groups },
    condition: { anyOf: [ref('conditions'), ref('comparison')] },
    comparison: { anyOf: [...Map.groupBy(OPERATORS, ({ value }) => value)].map(([shape, same]) => leaf(shape, same)) },
    fact: { enum: FACTS.map(({ name }) => name) },
    listFact: { enum: FACTS.filter(({ type }) => type === 'list').map(({ name }) => name) },
    scalar: { type: ['string', 'number', 'boolean', 'null'], maxLength: MAX_VALUE_LENGTH },
  };
}

function leaf(shape: ValueShape, operators: readonly Operator[]): JsonSchema {
  const operator = { enum: operators.map(({ name }) => name) };
  const properties = {
    fact: ref('fact'),
    operator,
    value: valueSchema(shape),
    priority: { type: 'integer', minimum: 1 },
  };
  return object(properties, ['fact', 'operator', 'value']);
}

function valueSchema(shape: ValueShape): JsonSchema {
  const list = { type: 'array', items: ref('scalar'), maxItems: MAX_VALUES };
  const fact = object({ fact: ref('fact') }, ['fact']);
  const pair = (type: string): JsonSchema => ({ type: 'array', items: { type }, minItems: 2, maxItems: 2 });
  switch (shape) {
    case 'one':
    case 'one-or-list':
      return { anyOf: [ref('scalar'), list, fact] };
    case 'list':
      return { anyOf: [list, object({ fact: ref('listFact') }, ['fact'])] };
    case 'pair':
      return { anyOf: [pair('number'), pair('string')] };
  }
}
