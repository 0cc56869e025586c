// Decides which single changes could flip who supplies a line: of the chosen node for the worse, of others for the better.
// Each runs in steps from what is; leaves finding the step at which the choice flips to counterfactuals.ts.
import type { Shipment } from '../model/plan.ts';
import { laneFrom } from '../candidates/way.ts';
import { draftOption, moveDemand } from './draft-order.ts';
import { cutoffProbe, distanceProbe, isNeverLate, promiseProbes } from './place-probes.ts';
import type { LineContext, Probe, ProbeContext } from './probe.ts';
import { isExact } from './resource-order.ts';
import type { Alternative } from './runner-up.ts';
import { capacityProbes, lessStock, moreStock, supplied } from './stock-probes.ts';

/** A hundredth of the currency: amounts are tried to this. */
const CENT_MICROS = 10_000;
/** Amounts are tried up to so many times what the order costs. */
const MOST_TIMES = 2;
/** Nodes besides the chosen one that are looked at for a line. */
const MOST_NODES = 4;

/** Those that flip most often for their work first: where the work does not go far, they are what is known. */
export function probesFor(of: ProbeContext, line: LineContext): Probe[] {
  const guess = stepBeyond(line.alternatives[0]);
  const found: Probe[] = line.rules.map((rule) => ({ at: () => ({ kind: 'rule', rule }), most: 1, stepShare: 1 }));
  for (const node of nodesFor(of, line)) found.push(...forTheBetter(of, line, node));
  const [only] = line.chosen;
  if (line.chosen.size === 1 && only !== undefined) found.push(...forTheWorse(of, line, only, guess));
  found.push(...promiseProbes(of), ...chargeProbes(of));
  return found.sort((a, b) => rankOf(a) - rankOf(b));
}

const RANKS = [
  'rule',
  'handling more',
  'distance less',
  'rate less',
  'stock more',
  'capacity more',
  'distance more',
  'split-charge more',
  'cutoff more',
  'cutoff less',
  'stock less',
  'handling less',
  'rate more',
  'promise less',
  'promise more',
  'split-charge less',
  'late-charge more',
  'late-charge less',
];

function rankOf(probe: Probe): number {
  const { kind, from, to } = probe.at(1);
  return RANKS.indexOf(from === undefined || to === undefined ? kind : `${kind} ${to > from ? 'more' : 'less'}`);
}

/** The next best, and nodes that lack something, nearest first. */
function nodesFor({ view, network, order }: ProbeContext, { demand, chosen, alternatives, rejections }: LineContext) {
  const nodes = new Set<number>();
  const [best] = alternatives
    .map(({ source }) => view.problem.sources[source]!.node)
    .filter((node) => !chosen.has(node));
  if (best !== undefined) nodes.add(best);
  const distance = (node: number): number => laneFrom(network, node, order).distanceKm ?? Infinity;
  const lacking = rejections
    .filter(({ code, units }) => LACKS.has(code) || units !== undefined)
    .map(({ nodeId }) => network.nodeAt.get(nodeId)!)
    .sort((a, b) => distance(a) - distance(b));
  for (const node of [...lacking, ...chosen]) {
    if (nodes.size >= MOST_NODES) break;
    const units = view.candidates.demands[demand]!.quantity;
    // A chosen node is worth asking only for what it did not give.
    if (!chosen.has(node) || chosen.size > 1 || supplied(view, node, demand) < units) nodes.add(node);
  }
  return nodes;
}

const LACKS = new Set([
  'no-stock-left',
  'not-enough-stock',
  'not-stocked',
  'no-capacity-left',
  'too-late',
  'order-limits',
]);

const LACKS_STOCK = new Set(['no-stock-left', 'not-enough-stock', 'not-stocked']);

function forTheBetter(of: ProbeContext, line: LineContext, node: number): Probe[] {
  const { view, network, draft } = of;
  const found: Probe[] = [];
  const { nodeId } = network.nodes[node]!;
  const { code, units } = line.rejections.find((rejection) => rejection.nodeId === nodeId) ?? {};
  const lacksStock = code === undefined || units !== undefined || LACKS_STOCK.has(code);
  if (lacksStock) found.push(...moreStock(of, line.demand, node));
  if (code === 'no-capacity-left') found.push(...capacityProbes(of, node));
  if (code === 'costs-more' || code === 'ranked-lower' || code === 'order-limits') {
    const own = line.alternatives.find(({ source }) => view.problem.sources[source]!.node === node);
    const guess = stepBeyond(own);
    found.push(handlingProbe(of, node, -1, guess), ...distanceProbe(of, node, -1));
    if (own) {
      const moved = moveDemand(draft, line.demand, own.source);
      const { card, zone } = view.refs[own.source]!.shipDay.services[draftOption(moved, own.source)]!.service;
      found.push(rateProbe(of, card.rateCardId, zone.zone, -1, guess));
    }
  }
  if (code === 'too-late') found.push(...distanceProbe(of, node, -1));
  if (code === 'too-late' || code === 'costs-more') found.push(...cutoffProbe(of, node, 1));
  return found.filter(({ most }) => most > 0);
}

function forTheWorse(of: ProbeContext, line: LineContext, node: number, guess: number): Probe[] {
  const { nodeId } = of.network.nodes[node]!;
  const { sku } = of.view.candidates.demands[line.demand]!;
  const shipment = of.orderPlan.shipments.find(
    (one): one is Shipment => one.nodeId === nodeId && one.lines.some((own) => own.sku === sku),
  )!;
  return [
    rateProbe(of, shipment.rateCardId, shipment.zone, 1, guess),
    handlingProbe(of, node, 1, guess),
    ...distanceProbe(of, node, 1),
    ...lessStock(of, line.demand, node),
    ...cutoffProbe(of, node, -1),
  ].filter(({ most }) => most > 0);
}

/** The first cent by which an alternative is the cheaper one. */
function stepBeyond(alternative: Alternative | undefined): number {
  return Math.floor(Math.max(0, alternative?.marginMicros ?? 0) / CENT_MICROS) + 1;
}

/** What a cent adds that the planned order pays so many times, and a plan that flips once more or not at all. */
function perCent(sign: 1 | -1, times: number): NonNullable<Probe['perStep']> {
  return { staysMicros: sign * CENT_MICROS * times, flipsMicros: sign > 0 ? 0 : -CENT_MICROS * (times + 1) };
}

function costSteps({ orderPlan }: ProbeContext): number {
  return Math.ceil((MOST_TIMES * orderPlan.cost.totalMicros) / CENT_MICROS);
}

/** A step as a share of what the order costs. */
function centShare({ orderPlan }: ProbeContext): number {
  return CENT_MICROS / Math.max(CENT_MICROS, orderPlan.cost.totalMicros);
}

function handlingProbe(of: ProbeContext, node: number, sign: 1 | -1, guess: number): Probe {
  const { nodeId, handling } = of.network.nodes[node]!;
  const from = handling?.perShipmentMicros ?? 0;
  return {
    at: (step) => ({ kind: 'handling', nodeId, from, to: Math.max(0, from + sign * step * CENT_MICROS) }),
    most: sign > 0 ? costSteps(of) : Math.ceil(from / CENT_MICROS),
    guess,
    perStep: perCent(sign, of.orderPlan.shipments.filter((one) => one.nodeId === nodeId).length),
    stepShare: centShare(of),
  };
}

function rateProbe(of: ProbeContext, rateCardId: string, zone: string, sign: 1 | -1, guess: number): Probe {
  const card = of.network.snapshot.rateCards.find((one) => one.rateCardId === rateCardId);
  const bands = card?.zones.filter((one) => one.zone === zone).flatMap((one) => one.bands) ?? [];
  const parcels = of.orderPlan.shipments.reduce(
    (sum, one) => (one.rateCardId === rateCardId && one.zone === zone ? sum + one.parcels : sum),
    0,
  );
  const grams = of.view.candidates.demands.reduce((sum, { weightMilligrams }) => sum + weightMilligrams, 0) / 1000;
  const heaviest = bands.findIndex(({ uptoGrams }) => grams <= (uptoGrams ?? Infinity));
  const usable = heaviest < 0 ? bands : bands.slice(0, heaviest + 1);
  const dearest = usable.reduce((most, band) => Math.max(most, band.fixedMicros, band.minimumMicros ?? 0), 0);
  return {
    at: (step) => ({ kind: 'rate', rateCardId, zone, from: 0, to: sign * step * CENT_MICROS }),
    most: sign > 0 ? costSteps(of) : Math.ceil(dearest / CENT_MICROS),
    guess,
    perStep: perCent(sign, parcels),
    stepShare: centShare(of),
  };
}

function chargeProbes(of: ProbeContext): Probe[] {
  const { splitMicros, latenessPerDayMicros } = of.policy.goals;
  const charge = (kind: 'split-charge' | 'late-charge', from: number, sign: 1 | -1, times: number): Probe => ({
    at: (step) => ({ kind, from, to: Math.max(0, from + sign * step * CENT_MICROS) }),
    most: sign > 0 ? costSteps(of) : Math.ceil(from / CENT_MICROS),
    perStep: perCent(sign, times),
    stepShare: centShare(of),
  });
  const found: Probe[] = [];
  // The best plan stays the best where only others are made dearer.
  const exact = isExact(of.policy);
  const { shipments, cost } = of.orderPlan;
  const splits = Math.max(0, shipments.length - 1);
  const lateDays = cost.latenessMicros / Math.max(1, latenessPerDayMicros);
  if (of.view.problem.demands.length > 1) {
    found.push(charge('split-charge', splitMicros, -1, splits));
    if (!exact || shipments.length > 1) found.push(charge('split-charge', splitMicros, 1, splits));
  }
  if (!isNeverLate(of)) {
    found.push(charge('late-charge', latenessPerDayMicros, -1, lateDays));
    if (!exact || cost.latenessMicros > 0) found.push(charge('late-charge', latenessPerDayMicros, 1, lateDays));
  }
  return found.filter(({ most }) => most > 0);
}
