// Decides the cost of the best answer to a small order problem by trying every assignment of units to sources.
// Shares no code with the solvers: shipments, lines, stock and tariffs are priced here once more, as plainly as possible.
import type { CostSteps } from '../../packages/engine/src/base/cost-steps.ts';
import type { OrderProblem, OrderSolution } from '../../packages/engine/src/solve/order/order-problem.ts';
import type { Tariff } from '../../packages/engine/src/costs/tariff.ts';

/** Micros of the optimum. Time grows with the product of the ways to fill each demand: for a handful of demands and sources. */
export function exhaustiveOptimum(problem: OrderProblem): number {
  const ways = problem.demands.map((_, demand) => waysToFill(problem, demand));
  const units = problem.sources.map(() => problem.demands.map(() => 0));
  let best = Infinity;
  const visit = (demand: number): void => {
    if (demand === problem.demands.length) {
      if (violation(problem, units) === undefined) best = Math.min(best, plainCost(problem, units));
      return;
    }
    for (const way of ways[demand]!) {
      for (const [source, quantity] of way.entries()) units[source]![demand] = quantity;
      visit(demand + 1);
    }
    for (const row of units) row[demand] = 0;
  };
  visit(0);
  return best;
}

/** How many assignments `exhaustiveOptimum` would look at. */
export function assignmentCount(problem: OrderProblem): number {
  return problem.demands.reduce((product, _, demand) => product * waysToFill(problem, demand).length, 1);
}

/** Units by source for one demand, in every way the demand alone allows. */
function waysToFill(problem: OrderProblem, demand: number): number[][] {
  const quantity = problem.demands[demand]!.quantity;
  const count = problem.sources.length;
  const bound = problem.together?.some((group) => group.includes(demand)) ?? false;
  const none = problem.sources.map(() => 0);
  const single = (source: number, units: number) => none.map((_, index) => (index === source ? units : 0));
  const whole = problem.sources.map((source) => Math.min(source.available[demand]!, source.unitsLeft) >= quantity);
  if (whole.includes(true)) {
    return [none, ...whole.flatMap((fits, source) => (fits ? [single(source, quantity)] : []))];
  }
  if (!problem.splitQuantity || bound) return [none];
  const ways: number[][] = [];
  const fill = (source: number, left: number, way: number[]): void => {
    if (source === count) {
      ways.push(way);
      return;
    }
    for (let units = 0; units <= Math.min(left, problem.sources[source]!.available[demand]!); units++) {
      fill(source + 1, left - units, [...way, units]);
    }
  };
  fill(0, quantity, []);
  return ways;
}

/** What is wrong with units by source and demand; undefined when nothing is. */
export function violation(problem: OrderProblem, units: readonly (readonly number[])[]): string | undefined {
  const open = units.filter((row) => row.some((quantity) => quantity > 0)).length;
  if (open > problem.maxShipments) return `${open} shipments`;
  let missing = 0;
  let taken = 0;
  for (const [demand, { quantity }] of problem.demands.entries()) {
    const column = units.map((row) => row[demand]!);
    const sum = column.reduce((a, b) => a + b, 0);
    const whole = problem.sources.some((source) => Math.min(source.available[demand]!, source.unitsLeft) >= quantity);
    if (column.some((value) => !Number.isInteger(value) || value < 0)) return `demand ${demand}: not whole units`;
    if (sum > quantity) return `demand ${demand}: ${sum} of ${quantity}`;
    if (whole && sum > 0 && !column.includes(quantity)) return `demand ${demand}: torn apart`;
    if (!problem.splitQuantity && sum > 0 && !column.includes(quantity)) return `demand ${demand}: not whole`;
    missing += quantity - sum;
    taken += sum;
    const broken = stockViolation(problem, demand, column);
    if (broken !== undefined) return broken;
  }
  if ((problem.shipComplete || !problem.partial) && missing > 0 && taken > 0) return 'incomplete';
  for (const [index, source] of problem.sources.entries()) {
    if (units[index]!.reduce((a, b) => a + b, 0) > source.unitsLeft) return `source ${index}: too many units`;
  }
  return groupViolation(problem, units) ?? partViolation(problem, units);
}

/** All of a group at one source, or none of it anywhere. */
function groupViolation(problem: OrderProblem, units: readonly (readonly number[])[]): string | undefined {
  for (const group of problem.together ?? []) {
    const senders = units.filter((row) => group.some((demand) => row[demand]! > 0));
    const whole = senders.every((row) => group.every((demand) => row[demand] === problem.demands[demand]!.quantity));
    if (senders.length > 1 || !whole) return `demands ${group.join(' ')}: not together`;
  }
  return undefined;
}

/** Shipments, and the rest where it is worth anything: one part of any value, or all of the least value. */
function partViolation(problem: OrderProblem, units: readonly (readonly number[])[]): string | undefined {
  const least = problem.minPartMicros ?? 0;
  const worth = (row: readonly number[]): number =>
    problem.demands.reduce(
      (sum, { valueMicros = 0, quantity }, demand) => sum + Math.round((valueMicros * row[demand]!) / quantity),
      0,
    );
  const shipments = units.filter((row) => row.some((quantity) => quantity > 0)).map(worth);
  if (least === 0 || shipments.length === 0) return undefined;
  const rest = worth(
    problem.demands.map(({ quantity }, demand) => units.reduce((left, row) => left - row[demand]!, quantity)),
  );
  const parts = rest > 0 ? [...shipments, rest] : shipments;
  return parts.length > 1 && parts.some((micros) => micros < least) ? `parts worth ${parts.join(' ')}` : undefined;
}

/** Units taken up to a day must be there on that day. */
function stockViolation(problem: OrderProblem, demand: number, column: readonly number[]): string | undefined {
  for (const [index, source] of problem.sources.entries()) {
    const used = problem.sources.reduce(
      (sum, other, position) => sum + (other.node === source.node && other.day <= source.day ? column[position]! : 0),
      0,
    );
    if (column[index]! > source.available[demand]!) return `source ${index}: demand ${demand} not there`;
    if (column[index]! > 0 && used > source.available[demand]!) return `source ${index}: demand ${demand} taken twice`;
  }
  return undefined;
}

/** Micros of units by source and demand, whatever their feasibility. */
export function plainCost(problem: OrderProblem, units: readonly (readonly number[])[]): number {
  let cost = 0;
  let shipments = 0;
  for (const [index, source] of problem.sources.entries()) {
    let weight = 0;
    let any = false;
    for (const [demand, { quantity, weightMilligrams }] of problem.demands.entries()) {
      const taken = units[index]![demand]!;
      if (taken === 0) continue;
      any = true;
      weight += Math.round((weightMilligrams * taken) / quantity);
      cost += source.lineMicros[demand]! + source.unitMicros[demand]! * taken;
    }
    if (!any) continue;
    cost += rising(
      source.unitSteps,
      units[index]!.reduce((sum, quantity) => sum + quantity, 0),
    );
    shipments++;
    cost += Math.min(...source.options.map((option) => option.fixedMicros + plainTariff(option.tariff, weight)));
  }
  for (const [demand, { quantity, unsourcedUnitMicros }] of problem.demands.entries()) {
    cost += unsourcedUnitMicros * (quantity - units.reduce((sum, row) => sum + row[demand]!, 0));
  }
  for (const demand of problem.demands.keys()) {
    for (const node of new Set(problem.sources.map((source) => source.node))) {
      const own = problem.sources.flatMap((source, index) => (source.node === node ? [{ source, index }] : []));
      const taken = own.reduce((sum, { index }) => sum + units[index]![demand]!, 0);
      cost += rising(own[0]!.source.stockOutSteps?.[demand], taken);
    }
  }
  return cost + problem.splitMicros * Math.max(0, shipments - 1);
}

/** Unit by unit, each at the step it falls in. */
function rising(steps: CostSteps | undefined, units: number): number {
  let cost = 0;
  for (let unit = 0; unit < units; unit++) {
    let end = 0;
    cost += steps?.find((step) => unit < (end += step.units))?.perUnitMicros ?? 0;
  }
  return cost;
}

/** Parcel by parcel: full ones as long as something is left over. */
function plainTariff(tariff: Tariff, weight: number): number {
  let cost = 0;
  let left = weight;
  for (;;) {
    const parcel = Math.min(left, tariff.maxParcelMilligrams);
    const band = tariff.bands.find(({ uptoMilligrams }) => parcel <= uptoMilligrams)!;
    const price = band.fixedMicros + Math.floor((band.perKgMicros * (parcel / 1000)) / 1000 + 0.5);
    cost += Math.max(band.minimumMicros, price);
    left -= parcel;
    if (left <= 0) return cost;
  }
}

/** Units by source and demand of a solution. */
export function unitsOf(problem: OrderProblem, solution: OrderSolution): number[][] {
  const units = problem.sources.map(() => problem.demands.map(() => 0));
  for (const shipment of solution.shipments) {
    for (const { demand, quantity } of shipment.taken) units[shipment.source]![demand]! += quantity;
  }
  return units;
}
