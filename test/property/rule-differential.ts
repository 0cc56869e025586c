// Decides one case of the comparison of three ways to ask rules: json-rules-engine, the plain interpreter, the rule program.
// All must agree on the answer; interpreter and json-rules-engine also on the evidence.
import { createPrng } from '../../packages/engine/src/base/prng.ts';
import type { Evidence } from '../../packages/engine/src/model/explanation.ts';
import type { Rule } from '../../packages/engine/src/model/policy.ts';
import { FACTS, FACT_SCOPES } from '../../packages/engine/src/rules/catalogue.ts';
import { compileRules } from '../../packages/engine/src/rules/compile.ts';
import { explainCondition, holds } from '../../packages/engine/src/rules/interpret.ts';
import { buildProgram } from '../../packages/engine/src/rules/program.ts';
import { createReference } from '../../packages/engine/src/rules/reference.ts';
import { RuleWave } from '../../packages/engine/src/rules/rule-wave.ts';
import { randomConditions, randomFactValue } from '../../packages/engine/src/testing/random-rules.ts';

const NODES = 5;

/** Values of facts by name. */
export type Values = Readonly<Record<string, unknown>>;

export interface DifferentialCase {
  readonly seed: number;
  readonly rule: Rule;
  readonly named: { readonly name: string; readonly conditions: Record<string, unknown> }[];
  /** What every node shares, then what each node has of its own. */
  readonly shared: Values;
  readonly nodes: readonly Values[];
}

export interface Answer {
  readonly holds: readonly boolean[];
  readonly evidence: readonly (readonly Evidence[])[];
}

export function drawCase(seed: number): DifferentialCase {
  const prng = createPrng(seed);
  const { conditions, named } = randomConditions(prng, FACT_SCOPES);
  const rule: Rule = { name: 'r', conditions, event: { type: 'exclude', params: { because: 'x' } } };
  const valuesOf = (scopes: readonly string[]): Values =>
    Object.fromEntries(
      FACTS.filter(({ scope }) => scopes.includes(scope)).map(({ name }) => [name, randomFactValue(prng, name)]),
    );
  const shared = valuesOf(['time', 'order', 'line', 'item']);
  const nodes = Array.from({ length: NODES }, () => valuesOf(['node', 'lane', 'stock']));
  return { seed, rule, named: [...named], shared, nodes };
}

/** What json-rules-engine says at every node. */
export async function askReference({ rule, named, shared, nodes }: DifferentialCase): Promise<Answer> {
  const names = FACTS.map(({ name }) => name);
  const reference = createReference(structuredClone(rule.conditions), names, structuredClone(named));
  const outcomes = [];
  for (const own of nodes) outcomes.push(await reference.run((name) => (name in own ? own[name] : shared[name])));
  return { holds: outcomes.map((outcome) => outcome.holds), evidence: outcomes.map((outcome) => outcome.evidence) };
}

export function askInterpreter({ rule, named, shared, nodes, seed }: DifferentialCase): Answer {
  const when = compiledOf(rule, named, seed).when;
  const readers = nodes.map((own) => (name: string) => (name in own ? own[name] : shared[name]));
  return {
    holds: readers.map((read) => {
      const { holds: explained } = explainCondition(when, read);
      if (explained !== holds(when, read)) throw new Error(`Seed ${seed}: the explained answer is another.`);
      return explained;
    }),
    evidence: readers.map((read) => explainCondition(when, read).evidence),
  };
}

/** The program on the same values, asked as a wave asks it, twice, so that what it keeps of a sku is used as well. */
export function askProgram({ rule, named, shared, nodes, seed }: DifferentialCase): boolean[] {
  // The wave makes the item's view itself; its values lie in the item.
  const readerOf =
    (name: string) =>
    (values: unknown): unknown =>
      name.startsWith('item.') ? (values as { item: Values }).item[name] : (values as Values)[name];
  const compiled = compiledOf(rule, named, seed);
  const wave = new RuleWave(buildProgram([compiled]), shared as never, nodes as never, readerOf);
  const all = nodes.map((_, node) => node);
  const answers = [0, 1].map(() => {
    wave.startOrder(shared as never);
    wave.setLanes(all, nodes as never);
    const line = { ...shared, line: { sku: 'sku' }, item: shared } as never;
    wave.setLine(line, { nodes: all, views: () => nodes as never }, all);
    return all.map((node) => wave.strikes(0, node));
  });
  if (answers[0]!.join() !== answers[1]!.join()) throw new Error(`Seed ${seed}: the second answer is another.`);
  return answers[0]!;
}

function compiledOf(rule: Rule, named: DifferentialCase['named'], seed: number) {
  const compiled = compileRules([rule], '', named);
  if (!compiled.ok) throw new Error(`Seed ${seed}: ${JSON.stringify(compiled.error)}`);
  return compiled.value[0]!;
}
