// Decides the facts of the item at the node when a wave starts. Sums of stock are handed in: they are inventory's.
import { factsOf, type StockView } from './fact.ts';

const NO_DEMAND = 'The stock level gives no daily demand, or 0.';

export const STOCK_FACTS = factsOf('stock', {
  onHand: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'units',
    text: 'Units counted of the sku at the node',
    example: 12,
    read: ({ level }) => level?.onHand ?? 0,
  },
  sourceable: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'units',
    text: 'Units sourcing may take there when the wave starts',
    example: 9,
    read: ({ sourceable }) => sourceable,
  },
  availableToPromise: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'units',
    text: 'Units channels may promise there when the wave starts',
    example: 8,
    read: ({ availableToPromise }) => availableToPromise,
  },
  lastUnit: {
    type: 'flag',
    text: 'Whether only one unit may still be taken',
    example: false,
    read: ({ sourceable }) => sourceable === 1,
  },
  coverDays: {
    type: 'number',
    range: [0, null],
    unit: 'days',
    text: 'Units on hand ÷ the demand expected a day',
    example: 24.5,
    missing: NO_DEMAND,
    read: coverDays,
  },
  coverWeeks: {
    type: 'number',
    range: [0, null],
    unit: 'weeks',
    text: 'Days of cover ÷ 7',
    example: 3.5,
    missing: NO_DEMAND,
    read: (view) => {
      const days = coverDays(view);
      return days === undefined ? undefined : days / 7;
    },
  },
  sellThroughPercent: {
    type: 'number',
    range: [0, 100],
    unit: '%',
    text: 'Share of the units received that is sold',
    example: 62,
    missing: 'The stock level does not give it.',
    read: ({ level }) => level?.sellThroughPercent,
  },
  overstockUnits: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'units',
    text: 'Units on hand above what the node should hold, at least 0',
    example: 4,
    missing: 'The stock level gives no target.',
    read: ({ level }) => (level?.targetUnits === undefined ? undefined : Math.max(0, level.onHand - level.targetUnits)),
  },
});

function coverDays({ level }: StockView): number | undefined {
  const demand = level?.demandPerDay;
  return demand === undefined || demand === 0 ? undefined : level!.onHand / demand;
}
