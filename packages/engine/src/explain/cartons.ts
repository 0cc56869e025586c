// Decides which cartons are proposed for the shipments of an order, and how that is said.
// Leaves the packing to plan/pack-cartons.ts. What is charged stays as it is: it goes by charged weight, not by the packing.
import { compileTariff } from '../costs/tariff.ts';
import type { Carton, CartonGroup, Packing } from '../model/carton.ts';
import type { Network } from '../model/network.ts';
import type { OrderPlan, Shipment } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { packCartons } from '../plan/pack-cartons.ts';
import { PACKINGS, say } from './reasons.ts';
import { listed, units } from './text.ts';

/** Shipments in the order of the plan, without those for which no packing could be proposed. */
export function packingOf({ shipments }: OrderPlan, network: Network): Packing[] {
  return shipments.flatMap((shipment) => packShipment(shipment, network));
}

/** Nothing where the node states no boxes, the goods stay where they are, no size is known, or there are more units than anybody packs. */
function packShipment(shipment: Shipment, { snapshot, nodes, nodeAt, items }: Network): Packing[] {
  const { name, boxes } = nodes[nodeAt.get(shipment.nodeId)!]!;
  // What is collected from the node's own stock leaves without a carton.
  const isKept = shipment.collectAt !== undefined && shipment.arriveOn === undefined;
  const skus = [...new Set(shipment.lines.map(({ sku }) => sku))];
  const unmeasured = skus.filter((sku) => items.get(sku)?.lengthMm === undefined);
  if (!boxes || isKept || unmeasured.length === skus.length) return [];
  const cartons = packCartons(shipment.lines, items, boxes, heaviestParcelGrams(shipment, snapshot));
  if (cartons === null) return [];
  const names = unmeasured.map((sku) => items.get(sku)?.name ?? sku);
  const { shipmentId, nodeId, parcels } = shipment;
  const sentence = packingSentence(name, cartons, parcels, names);
  return [{ shipmentId, nodeId, cartons: alike(cartons), unmeasured, parcelsCharged: parcels, sentence }];
}

/** What the carrier takes, by real weight: not what the boxes hold as charged weight, which is in the network's own cards. */
function heaviestParcelGrams({ rateCardId, zone }: Shipment, { rateCards }: Snapshot): number {
  const card = rateCards.find((one) => one.rateCardId === rateCardId);
  const bands = card?.zones.find((one) => one.zone === zone)?.bands;
  return card && bands ? compileTariff(bands, card.maxParcelGrams).maxParcelMilligrams / 1000 : Infinity;
}

/** In the order of the first of each. */
function alike(cartons: readonly Carton[]): CartonGroup[] {
  const groups = new Map<string, CartonGroup>();
  for (const carton of cartons) {
    const key = JSON.stringify([carton.boxId, carton.contents]);
    groups.set(key, { ...carton, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}

function packingSentence(node: string, cartons: readonly Carton[], parcels: number, unmeasured: string[]): string {
  const parts = [say(PACKINGS.packed, { node, cartons: cartonsText(cartons) })];
  if (parcels !== cartons.length) {
    parts.push(say(PACKINGS['charged-otherwise'], { parcels: parcels === 1 ? '1 parcel' : `${parcels} parcels` }));
  }
  if (unmeasured.length > 0) parts.push(say(PACKINGS.unmeasured, { items: listed(unmeasured) }));
  return parts.join(' ');
}

/** `2 large, 1 small`. */
function listOf(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([boxId, count]) => `${count} ${boxId}`).join(', ');
}

/** `3 cartons (2 large, 1 small) and 1 unit as it is`, `1 carton (small)`. */
function cartonsText(cartons: readonly Carton[]): string {
  const counts = new Map<string, number>();
  for (const { boxId } of cartons) if (boxId !== null) counts.set(boxId, (counts.get(boxId) ?? 0) + 1);
  const boxed = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const bare = cartons.length - boxed;
  const boxes = boxed === 1 ? [...counts.keys()].join('') : listOf(counts);
  const parts = [
    ...(boxed > 0 ? [`${boxed === 1 ? '1 carton' : `${boxed} cartons`} (${boxes})`] : []),
    ...(bare > 0 ? [`${units(bare)} as ${bare === 1 ? 'it is' : 'they are'}`] : []),
  ];
  return parts.join(' and ');
}
