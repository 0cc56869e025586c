// Decides what carrying goods costs when it is worked out anew: what they are charged as, which zone, surcharges, parcels.
// For the verification only; it shares no code with candidates and costs.
import type { Item } from '../model/item.ts';
import type { Node } from '../model/node.ts';
import type { Destination, OrderLine } from '../model/order.ts';
import type { RateBand, RateCard, RateZone } from '../model/rate-card.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Milligrams that lines of one sku are charged as, and what they weigh. */
export function chargedMilligrams(
  lines: readonly OrderLine[],
  item: Item | undefined,
  { parcels }: Snapshot,
): { charged: number; weighed: number } {
  let charged = 0;
  let weighed = 0;
  for (const line of lines) {
    const weight = Math.round((line.lineWeightGrams ?? (item?.weightGrams ?? 0) * line.quantity) * 1000);
    let unit = 0;
    if (parcels?.dimensionalDivisor && item?.lengthMm && item.widthMm && item.heightMm) {
      const grams = (item.lengthMm * item.widthMm * item.heightMm) / parcels.dimensionalDivisor;
      unit = Math.floor(grams * 1000 + 0.5);
    }
    if (item?.oversize) unit = Math.max(unit, Math.round((parcels?.oversizeMinimumGrams ?? 0) * 1000));
    weighed += weight;
    charged += Math.max(weight, unit * line.quantity);
  }
  return { charged, weighed };
}

/** The first zone of a card that fits. */
export function fittingZone(
  card: RateCard,
  { region, postcode }: Destination,
  km: number | null,
): RateZone | undefined {
  for (const zone of card.zones) {
    const named = zone.regions !== undefined || zone.postcodePrefixes !== undefined;
    const fits = named
      ? (region !== undefined && (zone.regions ?? []).includes(region)) || begins(postcode, zone.postcodePrefixes)
      : zone.maxDistanceKm === undefined || (km !== null && km <= zone.maxDistanceKm);
    if (fits) return zone;
  }
  return undefined;
}

/** Bands as they are charged at a destination. */
export function chargedBands(card: RateCard, zone: RateZone, destination: Destination): RateBand[] {
  const { residentialMicros, remote, fuelPercent } = card.surcharges ?? {};
  let extra = 0;
  if (destination.residential) extra += residentialMicros ?? 0;
  if (remote && begins(destination.postcode, remote.postcodePrefixes)) extra += remote.perParcelMicros;
  const withFuel = (micros: number): number => micros + Math.floor((micros * (fuelPercent ?? 0)) / 100 + 0.5);
  return zone.bands.map(({ uptoGrams, fixedMicros, perKgMicros, minimumMicros }) => ({
    ...(uptoGrams === undefined ? {} : { uptoGrams }),
    fixedMicros: withFuel(fixedMicros + extra),
    perKgMicros: withFuel(perKgMicros),
    minimumMicros: minimumMicros === undefined ? 0 : withFuel(minimumMicros + extra),
  }));
}

/** A card as a node packs for it: its parcels hold what the largest box of the node holds at most. */
export function packedCard(card: RateCard, { boxes }: Node, { parcels }: Snapshot): RateCard {
  const divisor = parcels?.dimensionalDivisor;
  const limits = (boxes ?? []).map((box) => {
    const cubicMm = (box.lengthMm * box.widthMm * box.heightMm * (box.fillPercent ?? 100)) / 100;
    const byVolume = divisor === undefined ? Infinity : Math.max(1, Math.floor(cubicMm / divisor));
    return Math.min(byVolume, box.maxGrams ?? Infinity);
  });
  const most = Math.min(card.maxParcelGrams ?? Infinity, limits.length > 0 ? Math.max(...limits) : Infinity);
  return most === Infinity ? card : { ...card, maxParcelGrams: most };
}

/** Micros and number of parcels for so many milligrams. */
export function carriage(
  card: RateCard,
  zone: RateZone,
  destination: Destination,
  milligrams: number,
): { micros: number; parcels: number } {
  const bands = chargedBands(card, zone, destination).sort(
    (a, b) => (a.uptoGrams ?? Infinity) - (b.uptoGrams ?? Infinity),
  );
  const heaviest = Math.min(card.maxParcelGrams ?? Infinity, bands.at(-1)!.uptoGrams ?? Infinity);
  const parcelMicros = (grams: number): number => {
    const band = bands.find((candidate) => grams <= (candidate.uptoGrams ?? Infinity))!;
    return Math.max(band.minimumMicros ?? 0, band.fixedMicros + Math.floor((band.perKgMicros * grams) / 1000 + 0.5));
  };
  // Whole milligrams, so that the number of full parcels is exact; the last one holds the rest and is never empty.
  const most = Math.round(heaviest * 1000);
  const full = milligrams <= most ? 0 : Math.floor((milligrams - 1) / most);
  const rest = parcelMicros((full === 0 ? milligrams : milligrams - full * most) / 1000);
  return { micros: full === 0 ? rest : full * parcelMicros(heaviest) + rest, parcels: full + 1 };
}

function begins(postcode: string | undefined, prefixes: readonly string[] | undefined): boolean {
  if (postcode === undefined || prefixes === undefined) return false;
  const plain = (text: string): string => text.toUpperCase().split(/\s+/).join(' ');
  const text = `${plain(postcode).trim()} `;
  return prefixes.some((prefix) => text.startsWith(plain(prefix).trimStart()));
}
