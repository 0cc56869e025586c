// Decides how the catalogue of rules is told: facts, operators, effects, limits, and the JSON Schema of policies.
import { type Catalogue, COST_TERMS, EFFECT_TYPES, FACT_SCOPES, FACT_TYPES } from '@sourcewright/engine';
import { z } from 'zod';

const jsonSchema = z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema 2020-12.' });
const count = z.int().min(0);
const scope = z.enum(FACT_SCOPES);

const factSchema = z
  .strictObject({
    name: z.string(),
    scope,
    type: z.enum(FACT_TYPES),
    unit: z.string().exactOptional(),
    range: z
      .tuple([z.number(), z.number().nullable()])
      .exactOptional()
      .meta({ description: 'For numbers: the least and the most it can be.' }),
    whole: z.boolean().exactOptional().meta({ description: 'For numbers: whether it is always whole.' }),
    choices: z.array(z.string()).exactOptional().meta({ description: 'The only values it takes, where they are few.' }),
    text: z.string(),
    example: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
    missing: z.string().exactOptional().meta({ description: 'When it has no value.' }),
  })
  .meta({ id: 'Fact', description: 'What a condition of a rule may ask about.' });

const operatorSchema = z
  .strictObject({
    name: z.string(),
    text: z.string().meta({ description: 'Reads between fact and value.' }),
    factTypes: z.array(z.enum(FACT_TYPES)),
    value: z.enum(['one', 'list', 'pair', 'one-or-list']),
    standard: z.boolean().meta({ description: 'Whether json-rules-engine brings it.' }),
  })
  .meta({ id: 'Operator', description: 'How a condition compares a fact with a value.' });

const effectSchema = z
  .strictObject({
    type: z.enum(EFFECT_TYPES),
    scope: z.enum(['order', 'candidate', 'stock', 'node']).meta({ description: 'What it acts on.' }),
    text: z.string(),
    together: z.string().meta({ description: 'How several rules with this effect that hold at once go together.' }),
    params: z.array(z.strictObject({ name: z.string(), text: z.string(), required: z.boolean() })),
    reads: z.array(scope).meta({ description: 'Scopes of the facts that its rules may read.' }),
    schema: jsonSchema,
  })
  .meta({ id: 'RuleEffect', description: 'What a rule does when it holds.' });

const costTermSchema = z
  .strictObject({
    term: z.enum(COST_TERMS),
    per: z.string(),
    formula: z.string(),
    inputs: z.array(z.string()),
    source: z.string(),
  })
  .meta({ id: 'CostTermText', description: 'For what a term is charged, by which formula and from which inputs.' });

/** Held to the engine's own type by the compiler. */
export const catalogueSchema: z.ZodType<Catalogue> = z.strictObject({
  facts: z.array(factSchema),
  operators: z.array(operatorSchema),
  effects: z.array(effectSchema),
  costs: z.array(costTermSchema).meta({ description: 'What a plan is charged, term by term.' }),
  limits: z.strictObject({
    rules: count,
    conditionsInRule: count,
    conditionsInPolicy: count,
    depth: count,
    valuesInList: count,
    valueLength: count,
  }),
  policySchema: jsonSchema,
});

export const exampleCatalogue: Catalogue = {
  costs: [
    {
      term: 'split',
      per: 'each shipment of an order beyond its first',
      formula: '`splitMicros`',
      inputs: ['policy: goals.splitMicros'],
      source: 'A planner’s price for a customer’s second parcel.',
    },
  ],
  facts: [
    {
      name: 'lane.distanceKm',
      scope: 'lane',
      type: 'number',
      unit: 'km',
      text: 'Distance from node to destination',
      example: 38.2,
      missing: 'Neither a lane nor both positions are known.',
    },
  ],
  operators: [{ name: 'withinKm', text: 'is within km', factTypes: ['number'], value: 'one', standard: false }],
  effects: [
    {
      type: 'exclude',
      scope: 'candidate',
      text: 'The node does not supply the line.',
      together: 'Any one is enough.',
      params: [{ name: 'because', text: 'Reason in plain words', required: true }],
      reads: ['time', 'order', 'line', 'item', 'node', 'lane', 'stock'],
      schema: { type: 'object', properties: { because: { type: 'string', minLength: 1, maxLength: 300 } } },
    },
  ],
  limits: {
    rules: 1000,
    conditionsInRule: 500,
    conditionsInPolicy: 20_000,
    depth: 16,
    valuesInList: 5000,
    valueLength: 1000,
  },
  policySchema: { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' },
};
