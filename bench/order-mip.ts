// Decides how one order is written as a compact MIP for a general solver: the rival of the order bench.
// Parcels are counted per service. Weight bands and split quantities are not expressed: `comparable` leaves them out for both.
import loadHighs from 'highs';
import type { OrderProblem } from '@sourcewright/engine/testing';

/** The same order as both can say it: one band a tariff, whole lines only. */
export function comparable(problem: OrderProblem): OrderProblem {
  const sources = problem.sources.map((source) => ({
    ...source,
    available: source.available.map((units, demand) => (units >= problem.demands[demand]!.quantity ? units : 0)),
    options: source.options.map(({ fixedMicros, tariff }) => ({
      fixedMicros,
      tariff: { ...tariff, bands: [{ ...tariff.bands.at(-1)!, minimumMicros: 0 }] },
    })),
  }));
  return { ...problem, sources, splitQuantity: false };
}

/** Micros of the best plan HiGHS finds within the time; null when it has none. Costs are in units of the currency inside. */
export async function solveByHighs(problem: OrderProblem, seconds: number): Promise<number | null> {
  const highs = await (loadHighs as unknown as () => Promise<Highs>)();
  const answer = highs.solve(lpText(problem), { time_limit: seconds, mip_rel_gap: 0, output_flag: false });
  return answer.Status === 'Optimal' || answer.Status === 'Time limit reached'
    ? Math.round(answer.ObjectiveValue * 1e6)
    : null;
}

interface Highs {
  solve(lp: string, options: Record<string, unknown>): { Status: string; ObjectiveValue: number };
}

function lpText(problem: OrderProblem): string {
  const objective: string[] = [];
  const rows: string[] = [];
  const binaries: string[] = [];
  const generals: string[] = [];
  const money = (micros: number): string => (micros / 1e6).toFixed(6);
  const openings: string[] = [];
  problem.sources.forEach((source, s) => {
    const lines = problem.demands.flatMap((demand, l) => (canTake(problem, s, l) ? [{ demand, l }] : []));
    if (lines.length === 0) return;
    source.options.forEach(({ fixedMicros, tariff }, j) => {
      const band = tariff.bands[0]!;
      const name = `${s}_${j}`;
      objective.push(`${money(fixedMicros + problem.splitMicros)} y${name}`, `${money(band.fixedMicros)} n${name}`);
      binaries.push(`y${name}`);
      generals.push(`n${name}`);
      openings.push(`y${name}`);
      const heaviest = tariff.maxParcelMilligrams;
      const weight = lines.map(({ demand, l }) => `${demand.weightMilligrams / 1e6} x${l}_${name}`);
      if (heaviest < Infinity) rows.push(`${weight.join('\n + ')}\n - ${heaviest / 1e6} n${name} <= 0`);
      rows.push(`n${name} - y${name} >= 0`);
      for (const { demand, l } of lines) {
        const kilograms = demand.weightMilligrams / 1e6;
        const own = source.lineMicros[l]! + source.unitMicros[l]! * demand.quantity + band.perKgMicros * kilograms;
        objective.push(`${money(own)} x${l}_${name}`);
        rows.push(`x${l}_${name} - y${name} <= 0`);
        binaries.push(`x${l}_${name}`);
      }
      if (Number.isFinite(source.unitsLeft)) {
        rows.push(
          `${lines.map(({ demand, l }) => `${demand.quantity} x${l}_${name}`).join('\n + ')} <= ${source.unitsLeft}`,
        );
      }
    });
    if (source.options.length > 1) rows.push(`${source.options.map((_, j) => `y${s}_${j}`).join(' + ')} <= 1`);
  });
  problem.demands.forEach((demand, l) => {
    objective.push(`${money(demand.unsourcedUnitMicros * demand.quantity)} u${l}`);
    binaries.push(`u${l}`);
    const taken = problem.sources.flatMap((source, s) =>
      canTake(problem, s, l) ? source.options.map((_, j) => `x${l}_${s}_${j}`) : [],
    );
    rows.push(`${[`u${l}`, ...taken].join('\n + ')} = 1`);
  });
  if (Number.isFinite(problem.maxShipments)) rows.push(`${openings.join('\n + ')} <= ${problem.maxShipments}`);
  // The first shipment pays no split penalty: one is given back when anything ships.
  objective.push(`- ${money(problem.splitMicros)} z`);
  binaries.push('z');
  rows.push(`z\n - ${openings.join('\n - ')} <= 0`);
  return `Minimize\n ${objective.join('\n + ').replaceAll('+ -', '-')}\nSubject To\n ${rows.join('\n ')}\nBinary\n ${binaries.join('\n ')}\nGeneral\n ${generals.join('\n ')}\nEnd\n`;
}

function canTake(problem: OrderProblem, source: number, demand: number): boolean {
  const { quantity } = problem.demands[demand]!;
  const of = problem.sources[source]!;
  return of.available[demand]! >= quantity && of.unitsLeft >= quantity;
}
