// Decides what is worth a second look in a rate card that may be used as it is: zones and bands that can hardly be meant so.
import type { RateCard } from '@sourcewright/engine';

type Zone = RateCard['zones'][number];

export function rateNotes(card: RateCard): string[] {
  return [...zoneNotes(card), ...card.zones.flatMap((zone) => bandNotes(card, zone))];
}

function zoneNotes({ rateCardId, zones }: RateCard): string[] {
  const notes: string[] = [];
  const fitsAll = (zone: Zone): boolean =>
    zone.regions === undefined && zone.postcodePrefixes === undefined && zone.maxDistanceKm === undefined;
  const all = zones.findIndex(fitsAll);
  for (const { zone } of all < 0 ? [] : zones.slice(all + 1)) {
    notes.push(
      `${rateCardId}: zone ${zone} is never reached, because ${zones[all]!.zone} above it fits every destination.`,
    );
  }
  if (all < 0)
    notes.push(`${rateCardId}: no zone fits every destination; nothing goes by this card to those left over.`);
  const owner = new Map<string, string>();
  for (const { zone, postcodePrefixes = [] } of zones) {
    for (const prefix of postcodePrefixes) {
      const first = owner.get(prefix);
      if (first !== undefined && first !== zone)
        notes.push(`${rateCardId}: postcodes ${prefix} stand in ${first} and ${zone}; ${first} is used.`);
      else owner.set(prefix, zone);
    }
  }
  return notes;
}

function bandNotes({ rateCardId, maxParcelGrams }: RateCard, { zone, bands }: Zone): string[] {
  const notes: string[] = [];
  const sorted = [...bands].sort((a, b) => (a.uptoGrams ?? Infinity) - (b.uptoGrams ?? Infinity));
  for (const [index, band] of sorted.entries()) {
    const next = sorted[index + 1];
    if (!next || band.uptoGrams === undefined) continue;
    const priceOf = (of: typeof band): number =>
      Math.max(of.minimumMicros ?? 0, of.fixedMicros + (of.perKgMicros * band.uptoGrams!) / 1000);
    if (priceOf(next) >= priceOf(band)) continue;
    notes.push(
      `${rateCardId}: in zone ${zone} a parcel just above ${band.uptoGrams / 1000} kg costs less than one of that weight.`,
    );
  }
  const heaviest = sorted.at(-1)!.uptoGrams;
  if (heaviest === undefined || heaviest >= (maxParcelGrams ?? Infinity)) return notes;
  return [
    ...notes,
    `${rateCardId}: in zone ${zone} the last band ends at ${heaviest / 1000} kg; heavier shipments go in several parcels.`,
  ];
}
