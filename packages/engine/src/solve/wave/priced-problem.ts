// Decides how an order too large for tables looks at given prices and on what is left: its problem with both put in.
import type { OrderProblem } from '../order/order-problem.ts';
import type { EffectivePrices } from './table-pricing.ts';
import { NO_RESOURCE } from './resource-index.ts';
import type { WaveModel } from './wave-model.ts';

/**
 * Sources keep their positions. Without `left` the untouched stock and capacity count; `rising` is what the next unit of each
 * resource costs by itself, in place of a lower price.
 */
export function pricedProblem(
  model: WaveModel,
  order: number,
  prices: EffectivePrices,
  left: Float64Array | null,
  rising?: Float64Array,
): OrderProblem {
  const priceOf = (resource: number): number => {
    if (resource === NO_RESOURCE) return 0;
    return Math.max(rising?.[resource] ?? 0, prices.ofResource[resource]!);
  };
  const { problem } = model.views[order]!;
  const first = model.sourceStart[order]!;
  const sources = problem.sources.map((source, index) => {
    const at = first + index;
    const shipment = model.shipmentResource[at]!;
    const unit = model.unitResource[at]!;
    const unitPrice = priceOf(unit);
    const shipmentPrice = priceOf(shipment);
    const closed = left !== null && shipment !== NO_RESOURCE && left[shipment]! < 1;
    const start = model.lineResourceStart[at]!;
    const unitMicros = source.unitMicros.map((micros, line) => {
      return micros + unitPrice + priceOf(model.lineResource[start + line]!);
    });
    return {
      ...source,
      unitMicros,
      available:
        left === null
          ? source.available
          : source.available.map((units, line) => (closed ? 0 : leftOf(model, start + line, units, left))),
      unitsLeft: left === null || unit === NO_RESOURCE ? source.unitsLeft : Math.min(source.unitsLeft, left[unit]!),
      options:
        shipmentPrice === 0
          ? source.options
          : source.options.map((option) => ({ ...option, fixedMicros: option.fixedMicros + shipmentPrice })),
    };
  });
  return { ...problem, sources };
}

/** Units still there for a line: the least along the days that its use counts against. */
function leftOf(model: WaveModel, slot: number, units: number, left: Float64Array): number {
  let least = units;
  for (let resource = model.lineResource[slot]!; resource !== NO_RESOURCE; resource = model.next[resource]!) {
    if (left[resource]! < least) least = left[resource]!;
  }
  return least;
}
