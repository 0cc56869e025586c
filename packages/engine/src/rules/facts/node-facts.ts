// Decides the facts of a node when a wave starts: what it is, how busy it is, what its clock shows.
import { dateOf, dayNumber, isoWeekday, minuteOf } from '../../base/time.ts';
import { NODE_TYPES } from '../../model/node.ts';
import { factsOf, NO_VALUES, type NodeView } from './fact.ts';

const NOT_GIVEN = 'The node does not give it.';
const SEASONS = ['winter', 'spring', 'summer', 'autumn'] as const;

export const NODE_FACTS = factsOf('node', {
  nodeId: { type: 'text', text: 'The node’s id', example: 'DC-NORTH', read: ({ node }) => node.nodeId },
  type: {
    type: 'text',
    choices: NODE_TYPES,
    text: 'dc, store, vendor or 3pl',
    example: 'store',
    read: ({ node }) => node.type,
  },
  status: {
    type: 'text',
    choices: ['open', 'closed'],
    text: 'Whether it is open; a closed node supplies nothing anyway',
    example: 'open',
    read: ({ node }) => node.status ?? 'open',
  },
  region: {
    type: 'text',
    text: 'Region of the node',
    example: 'EH',
    missing: 'The node has none.',
    read: ({ node }) => node.region,
  },
  postcode: {
    type: 'text',
    text: 'Postcode of the node',
    example: 'EH3',
    missing: 'The node has none.',
    read: ({ node }) => node.postcode,
  },
  groups: {
    type: 'list',
    text: 'Groups the node belongs to',
    example: ['scotland'],
    read: ({ node }) => node.groups ?? NO_VALUES,
  },
  tags: { type: 'list', text: 'Tags of the node', example: ['small'], read: ({ node }) => node.tags ?? NO_VALUES },
  services: {
    type: 'list',
    text: 'Services of its rate cards, each once',
    example: ['standard', 'express'],
    read: ({ rateCards }) => [...new Set(rateCards.map(({ service }) => service))],
  },
  capacityUsedPercent: {
    type: 'number',
    range: [0, null],
    unit: '%',
    text: 'Share of a day’s capacity spoken for when the wave starts',
    example: 80,
    missing: NOT_GIVEN,
    read: ({ node }) => node.capacityUsedPercent,
  },
  capacityLeftPercent: {
    type: 'number',
    range: [0, 100],
    unit: '%',
    text: 'Share of a day’s capacity still free when the wave starts, at least 0',
    example: 20,
    missing: NOT_GIVEN,
    read: ({ node: { capacityUsedPercent: used } }) => (used === undefined ? undefined : Math.max(0, 100 - used)),
  },
  backlogDays: {
    type: 'number',
    range: [0, null],
    unit: 'days',
    text: 'Days of work waiting when the wave starts',
    example: 1.5,
    missing: NOT_GIVEN,
    read: ({ node }) => node.backlogDays,
  },
  rejectPercent: {
    type: 'number',
    range: [0, 100],
    unit: '%',
    text: 'Share of its shipments that it turned down lately',
    example: 2.5,
    missing: NOT_GIVEN,
    read: ({ node }) => node.rejectPercent,
  },
  daysSinceLastReject: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'days',
    text: 'Calendar days since it last turned a shipment down',
    example: 3,
    missing: 'The node names no such day.',
    read: ({ node, now }) =>
      node.lastRejectOn === undefined ? undefined : Math.max(0, now.day - dayNumber(node.lastRejectOn)),
  },
  cutoffPassed: {
    type: 'flag',
    text: 'Whether its cutoff has passed when the wave starts, on its own clock',
    example: true,
    read: ({ calendar, now }) => now.minute >= minuteOf(calendar.cutoff),
  },
  localWeekday: {
    type: 'number',
    range: [1, 7],
    whole: true,
    text: 'ISO weekday on its own clock when the wave starts',
    example: 5,
    read: ({ now }) => isoWeekday(now.day),
  },
  localHour: {
    type: 'number',
    range: [0, 23],
    whole: true,
    unit: 'h',
    text: 'Hour on its own clock when the wave starts, 0 to 23',
    example: 14,
    read: ({ now }) => Math.floor(now.minute / 60),
  },
  season: {
    type: 'text',
    choices: SEASONS,
    text: 'Meteorological season where it stands; the north where its position is not given',
    example: 'winter',
    read: seasonAt,
  },
});

function seasonAt({ node, now }: NodeView): string {
  const quarter = Math.floor((Number(dateOf(now.day).slice(5, 7)) % 12) / 3);
  const south = (node.location?.lat ?? 0) < 0;
  return SEASONS[(quarter + (south ? 2 : 0)) % 4]!;
}
