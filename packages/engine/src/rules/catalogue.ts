// Decides which facts a rule may name. With operators and effects this is the published list: the compiler, the reference
// pages, editors and the schema of policies all read it, so that they cannot disagree.
import type { Fact, FactOf, FactScope } from './facts/fact.ts';
import { LANE_FACTS } from './facts/lane-facts.ts';
import { ITEM_FACTS, LINE_FACTS } from './facts/line-facts.ts';
import { NODE_FACTS } from './facts/node-facts.ts';
import { ORDER_FACTS } from './facts/order-facts.ts';
import { STOCK_FACTS } from './facts/stock-facts.ts';
import { TIME_FACTS } from './facts/time-facts.ts';

export { FACT_SCOPES, type Fact, type FactScope, type FactType } from './facts/fact.ts';
export { type Effect, EFFECTS } from './effects.ts';
export { type Operator, OPERATORS } from './operators.ts';

/** The facts of each scope with their readers. */
export const FACTS_OF: { readonly [S in FactScope]: readonly FactOf<S>[] } = {
  time: TIME_FACTS,
  order: ORDER_FACTS,
  line: LINE_FACTS,
  item: ITEM_FACTS,
  node: NODE_FACTS,
  lane: LANE_FACTS,
  stock: STOCK_FACTS,
};

export const FACTS: readonly Fact[] = Object.values(FACTS_OF)
  .flat()
  .map(({ name, scope, type, unit, range, whole, choices, text, example, missing }: Fact) => ({
    name,
    scope,
    type,
    ...(unit === undefined ? {} : { unit }),
    ...(range === undefined ? {} : { range }),
    ...(whole === undefined ? {} : { whole }),
    ...(choices === undefined ? {} : { choices }),
    text,
    example,
    ...(missing === undefined ? {} : { missing }),
  }));

export const FACTS_BY_NAME: ReadonlyMap<string, Fact> = new Map(FACTS.map((entry) => [entry.name, entry]));
