// Decides a first plan for small orders with split quantities whose prices are straight: a mixed-integer program for javascript-lp-solver.
// Leaves proof to the open-set search: the answer is checked, priced again and only ever used as a plan to beat.
import solver from 'javascript-lp-solver';
import { draftMicros, stockRoom } from './draft-plan.ts';
import type { OrderModel } from './order-model.ts';
import type { ServiceOption } from './order-problem.ts';
import type { Search } from './search-state.ts';

const MAX_LINES = 10;
const MAX_SOURCES = 8;
const MAX_VARIABLES = 24;
/** A plan this share above the best is good enough to start from; closer ones can take very long to tell apart. */
const TOLERANCE = 0.005;
/** Micros in one unit of the program's objective, milligrams in one unit of its weights: both near 1, for its tolerances. */
const MONEY = 1_000_000;
const MASS = 1_000_000;

/** The package's types describe its CommonJS shape; what is imported is the solver itself. */
const library = solver as unknown as { Solve(program: Program): Readonly<Record<string, unknown>> };

/** Checked units by source of the model and line with their price; undefined where the program does not apply or failed the check. */
export function smallMip(search: Search): { readonly units: Float64Array; readonly micros: number } | undefined {
  const { model, penalty } = search;
  if (model.shortCount === 0 || !model.splitQuantity || model.lineCount > MAX_LINES || model.sourceCount > MAX_SOURCES)
    return undefined;
  const sendings = straightSendings(search);
  if (sendings === undefined) return undefined;
  const program = programOf(model, sendings);
  if (Object.keys(program.variables).length > MAX_VARIABLES) return undefined;
  const answer = library.Solve(program);
  if (answer['feasible'] !== true) return undefined;
  const units = unitsOf(model, sendings, answer);
  if (units === undefined) return undefined;
  const open = Array.from({ length: model.sourceCount }, (_, j) => j);
  const micros = draftMicros(model, penalty, units, open);
  return micros === Infinity ? undefined : { units, micros };
}

/** A source with one of its options, its price straight: fixed, so much a parcel, so much a milligram. */
interface Sending {
  readonly source: number;
  readonly fixedMicros: number;
  readonly parcelMicros: number;
  readonly milligramMicros: number;
  readonly parcelMilligrams: number;
}

function straightSendings({ model, envelopes }: Search): Sending[] | undefined {
  const sendings: Sending[] = [];
  for (let j = 0; j < model.sourceCount; j++) {
    for (const option of model.problem.sources[model.sourceOf[j]!]!.options) {
      const sending = straightSending(option, j, envelopes[j]!.high);
      if (sending === undefined) return undefined;
      sendings.push(sending);
    }
  }
  return sendings;
}

/** Straight where every parcel falls into the first band and its minimum never binds. */
function straightSending({ fixedMicros, tariff }: ServiceOption, source: number, most: number): Sending | undefined {
  const band = tariff.bands[0]!;
  const parcel = Math.min(most, tariff.maxParcelMilligrams);
  if (band.uptoMilligrams < parcel || band.minimumMicros > band.fixedMicros) return undefined;
  return {
    source,
    fixedMicros,
    parcelMicros: band.fixedMicros,
    milligramMicros: band.perKgMicros / 1_000_000,
    parcelMilligrams: tariff.maxParcelMilligrams,
  };
}

interface Program {
  readonly optimize: string;
  readonly opType: 'min';
  readonly constraints: Record<string, { min?: number; max?: number; equal?: number }>;
  readonly variables: Record<string, Record<string, number>>;
  readonly ints: Record<string, 1>;
  readonly tolerance: number;
}

function programOf(model: OrderModel, sendings: readonly Sending[]): Program {
  const program: Program = {
    optimize: 'cost',
    opType: 'min',
    constraints: {},
    variables: {},
    ints: {},
    tolerance: TOLERANCE,
  };
  program.constraints['shipments'] = { max: model.maxShipments };
  for (const [k, sending] of sendings.entries()) {
    const several = sending.parcelMilligrams < Infinity;
    const fixed = model.splitMicros + sending.fixedMicros + (several ? 0 : sending.parcelMicros);
    integer(program, `y${k}`, {
      cost: fixed / MONEY,
      shipments: 1,
      [`open${k}`]: 1,
      [`one${sending.source}`]: 1,
      [`least${k}`]: 1,
    });
    program.constraints[`one${sending.source}`] = { max: 1 };
    if (several) {
      integer(program, `n${k}`, {
        cost: sending.parcelMicros / MONEY,
        [`mass${k}`]: -sending.parcelMilligrams / MASS,
        [`least${k}`]: -1,
      });
      program.constraints[`mass${k}`] = { max: 0 };
      program.constraints[`least${k}`] = { max: 0 };
    }
    if (model.unitsLeft[sending.source]! < Infinity)
      program.constraints[`left${sending.source}`] = { max: model.unitsLeft[sending.source]! };
    for (let i = 0; i < model.lineCount; i++) addLine(program, model, sending, k, i);
  }
  for (let i = 0; i < model.lineCount; i++) {
    const quantity = model.short[i] === 1 ? model.quantity[i]! : 1;
    program.constraints[`line${i}`] = { equal: quantity };
    if (!model.allOrNothing)
      program.variables[`u${i}`] = { cost: model.penalty[i]! / quantity / MONEY, [`line${i}`]: 1 };
    if (model.short[i] === 1) limitStock(program, model, sendings, i);
  }
  return program;
}

/** Units of a short line, or a whole line, in one sending. */
function addLine(program: Program, model: OrderModel, sending: Sending, k: number, i: number): void {
  const cell = sending.source * model.lineCount + i;
  const amount = model.amount[cell]!;
  if (amount === 0) return;
  const source = model.problem.sources[model.sourceOf[sending.source]!]!;
  const demand = model.demandOf[i]!;
  const weight = model.weight[i]!;
  const left = `left${sending.source}`;
  program.constraints[`link${i}_${k}`] = { max: 0 };
  program.variables[`y${k}`]![`link${i}_${k}`] = -amount;
  if (model.short[i] === 0) {
    integer(program, `x${i}_${k}`, {
      cost: (model.cost[cell]! + sending.milligramMicros * weight) / MONEY,
      [`mass${k}`]: weight / MASS,
      [`line${i}`]: 1,
      [`link${i}_${k}`]: amount,
      [left]: amount,
    });
    return;
  }
  const unit = weight / model.quantity[i]!;
  integer(program, `x${i}_${k}`, {
    cost: (source.unitMicros[demand]! + sending.milligramMicros * unit) / MONEY,
    [`mass${k}`]: unit / MASS,
    [`line${i}`]: 1,
    [`link${i}_${k}`]: 1,
    [`fee${i}_${k}`]: 1,
    [`stock${i}_${sending.source}`]: 1,
    [left]: 1,
  });
  if (source.lineMicros[demand] === 0) return;
  integer(program, `z${i}_${k}`, { cost: source.lineMicros[demand]! / MONEY, [`fee${i}_${k}`]: -amount });
  program.constraints[`fee${i}_${k}`] = { max: 0 };
}

function integer(program: Program, name: string, coefficients: Record<string, number>): void {
  program.variables[name] = coefficients;
  program.ints[name] = 1;
}

/** Units taken up to a day are there on that day. */
function limitStock(program: Program, model: OrderModel, sendings: readonly Sending[], i: number): void {
  const sourceOf = (j: number) => model.problem.sources[model.sourceOf[j]!]!;
  for (let j = 0; j < model.sourceCount; j++) {
    if (model.amount[j * model.lineCount + i] === 0) continue;
    program.constraints[`stock${i}_${j}`] = { max: sourceOf(j).available[model.demandOf[i]!]! };
    for (const [k, { source }] of sendings.entries()) {
      const earlier = sourceOf(source).node === sourceOf(j).node && sourceOf(source).day < sourceOf(j).day;
      if (earlier && model.amount[source * model.lineCount + i]! > 0)
        program.variables[`x${i}_${k}`]![`stock${i}_${j}`] = 1;
    }
  }
}

/** Whole numbers that keep every rule of the problem; undefined where the answer does not. */
function unitsOf(
  model: OrderModel,
  sendings: readonly Sending[],
  answer: Readonly<Record<string, unknown>>,
): Float64Array | undefined {
  const n = model.lineCount;
  const units = new Float64Array(model.sourceCount * n);
  for (const [k, { source }] of sendings.entries()) {
    for (let i = 0; i < n; i++) {
      const value = answer[`x${i}_${k}`] ?? 0;
      if (typeof value !== 'number' || Math.abs(value - Math.round(value)) > 1e-6 || value < -1e-6) return undefined;
      units[source * n + i]! += Math.round(value) * (model.short[i] === 1 ? 1 : model.quantity[i]!);
    }
  }
  return isAllowed(model, units) ? units : undefined;
}

function isAllowed(model: OrderModel, units: Float64Array): boolean {
  const n = model.lineCount;
  const taken = new Float64Array(n);
  let shipments = 0;
  for (let j = 0; j < model.sourceCount; j++) {
    let used = 0;
    for (let i = 0; i < n; i++) {
      const own = units[j * n + i]!;
      if (own > model.amount[j * n + i]!) return false;
      used += own;
      taken[i]! += own;
    }
    if (used > 0) shipments++;
    if (used > model.unitsLeft[j]!) return false;
  }
  if (shipments > model.maxShipments) return false;
  const rest = new Float64Array(units.length);
  for (let i = 0; i < n; i++) {
    if (taken[i]! > model.quantity[i]! || (model.allOrNothing && taken[i]! < model.quantity[i]!)) return false;
    for (let j = 0; j < model.sourceCount; j++) {
      if (model.short[i] === 1 && units[j * n + i]! > stockRoom(model, rest, j, i)) return false;
      rest[j * n + i] = units[j * n + i]!;
    }
  }
  return true;
}
