// Decides the made-up network: 24 places at real districts, their calendars, capacities, handling costs and the size of each store.
import { type Calendar, distanceMetres, type Node, type NodeType } from '@sourcewright/engine';
import { microsOf } from '../raw-table.ts';
import type { District } from './raw.ts';

export interface Site {
  readonly node: Node;
  /** 1 is a store with a million people around it; other nodes have 1. */
  readonly size: number;
}

const PLACES: readonly (readonly [
  nodeId: string,
  name: string,
  type: NodeType,
  district: string,
  ...groups: string[],
])[] = [
  ['DC-DAVENTRY', 'Daventry DC', 'dc', 'NN11', 'dcs', 'england'],
  ['DC-WAKEFIELD', 'Wakefield DC', 'dc', 'WF6', 'dcs', 'england'],
  ['3PL-EUROCENTRAL', 'Eurocentral 3PL', '3pl', 'ML1', 'scotland'],
  ['ST-COVENT-GARDEN', 'Covent Garden store', 'store', 'WC2E', 'stores', 'london', 'england'],
  ['ST-STRATFORD', 'Stratford store', 'store', 'E15', 'stores', 'london', 'england'],
  ['ST-KINGSTON', 'Kingston store', 'store', 'KT1', 'stores', 'london', 'england'],
  ['ST-BIRMINGHAM', 'Birmingham store', 'store', 'B2', 'stores', 'england'],
  ['ST-MANCHESTER', 'Manchester store', 'store', 'M2', 'stores', 'england'],
  ['ST-LEEDS', 'Leeds store', 'store', 'LS1', 'stores', 'england'],
  ['ST-LIVERPOOL', 'Liverpool store', 'store', 'L1', 'stores', 'england'],
  ['ST-NEWCASTLE', 'Newcastle store', 'store', 'NE1', 'stores', 'england'],
  ['ST-NOTTINGHAM', 'Nottingham store', 'store', 'NG1', 'stores', 'england'],
  ['ST-BRISTOL', 'Bristol store', 'store', 'BS1', 'stores', 'england'],
  ['ST-CARDIFF', 'Cardiff store', 'store', 'CF10', 'stores', 'wales'],
  ['ST-SOUTHAMPTON', 'Southampton store', 'store', 'SO14', 'stores', 'england'],
  ['ST-BRIGHTON', 'Brighton store', 'store', 'BN1', 'stores', 'england'],
  ['ST-NORWICH', 'Norwich store', 'store', 'NR2', 'stores', 'england'],
  ['ST-PLYMOUTH', 'Plymouth store', 'store', 'PL1', 'stores', 'england'],
  ['ST-EDINBURGH', 'Edinburgh store', 'store', 'EH2', 'stores', 'scotland'],
  ['ST-GLASGOW', 'Glasgow store', 'store', 'G1', 'stores', 'scotland'],
  ['ST-INVERNESS', 'Inverness store', 'store', 'IV1', 'stores', 'scotland'],
  ['VE-POTTERIES', 'Potteries tableware (vendor)', 'vendor', 'ST4', 'vendors', 'england'],
  ['VE-LEICESTER', 'Leicester textiles (vendor)', 'vendor', 'LE4', 'vendors', 'england'],
  ['VE-BASILDON', 'Basildon paper and party (vendor)', 'vendor', 'SS14', 'vendors', 'england'],
];

export const CALENDARS: readonly Calendar[] = [
  {
    calendarId: 'dc',
    timeZone: 'Europe/London',
    workingWeekdays: [1, 2, 3, 4, 5, 6],
    cutoff: '18:00',
    processingDays: 0,
  },
  {
    calendarId: '3pl',
    timeZone: 'Europe/London',
    workingWeekdays: [1, 2, 3, 4, 5],
    cutoff: '16:00',
    processingDays: 0,
  },
  {
    calendarId: 'store',
    timeZone: 'Europe/London',
    workingWeekdays: [1, 2, 3, 4, 5, 6],
    cutoff: '14:00',
    processingDays: 0,
  },
  {
    calendarId: 'vendor-fast',
    timeZone: 'Europe/London',
    workingWeekdays: [1, 2, 3, 4, 5],
    cutoff: '12:00',
    processingDays: 1,
  },
  {
    calendarId: 'vendor-slow',
    timeZone: 'Europe/London',
    workingWeekdays: [1, 2, 3, 4, 5],
    cutoff: '12:00',
    processingDays: 2,
  },
];

const CALENDAR_OF: Partial<Record<string, string>> = {
  'VE-POTTERIES': 'vendor-slow',
  'VE-BASILDON': 'vendor-slow',
  'VE-LEICESTER': 'vendor-fast',
};

const CAPACITY: Partial<Record<string, NonNullable<Node['capacity']>>> = {
  'DC-DAVENTRY': { shipmentsPerDay: 110 },
  'DC-WAKEFIELD': { shipmentsPerDay: 75 },
  '3PL-EUROCENTRAL': { shipmentsPerDay: 25, unitsPerDay: 4_000 },
};
/** Hours a day of the DCs, which say what units cost and how many there can be. */
const LABOUR: Partial<Record<string, NonNullable<Node['labour']>>> = {
  'DC-DAVENTRY': labour(20, 6),
  'DC-WAKEFIELD': labour(14, 4),
};

/** Cartons of the DCs and the 3PL; stores and vendors pack in what they have. */
const BOXES = [
  { boxId: 'small', lengthMm: 250, widthMm: 200, heightMm: 120, fillPercent: 85 },
  { boxId: 'medium', lengthMm: 400, widthMm: 300, heightMm: 250, fillPercent: 85 },
  { boxId: 'large', lengthMm: 600, widthMm: 400, heightMm: 400, fillPercent: 85 },
];

const VENDOR_CAPACITY = { shipmentsPerDay: 20, unitsPerDay: 2_500 };
/** Of a store of size 1. */
const STORE_CAPACITY = { shipmentsPerDay: 4, unitsPerDay: 50 };

const HANDLING: Record<NodeType, { perShipmentMicros: number; perLineMicros: number; perUnitMicros: number }> = {
  dc: { perShipmentMicros: microsOf('0.60'), perLineMicros: microsOf('0.08'), perUnitMicros: 0 },
  '3pl': { perShipmentMicros: microsOf('0.90'), perLineMicros: microsOf('0.12'), perUnitMicros: microsOf('0.02') },
  store: { perShipmentMicros: microsOf('1.20'), perLineMicros: microsOf('0.20'), perUnitMicros: microsOf('0.03') },
  vendor: { perShipmentMicros: microsOf('1.20'), perLineMicros: microsOf('0.20'), perUnitMicros: microsOf('0.02') },
};

const RATE_CARDS_OF: Record<NodeType, readonly string[]> = {
  dc: ['dc-standard', 'dc-express', 'stock-van'],
  '3pl': ['3pl-standard', '3pl-express', 'stock-van'],
  store: ['store-standard', 'store-express', 'counter', 'store-courier'],
  vendor: ['vendor-standard'],
};

/** People within 25 km of a store make its catchment. */
const CATCHMENT_METRES = 25_000;

export function buildNetwork(districts: readonly District[]): Site[] {
  return PLACES.map(([nodeId, name, type, code, ...groups]) => {
    const at = districts.find((district) => district.district === code)!;
    const size = type === 'store' ? storeSize(at, districts) : 1;
    const node: Node = {
      nodeId,
      name,
      type,
      location: { lat: at.lat, lon: at.lon },
      region: at.area,
      postcode: code,
      groups,
      calendarId: CALENDAR_OF[nodeId] ?? type,
      rateCardIds: [...RATE_CARDS_OF[type]],
      capacity: CAPACITY[nodeId] ?? (type === 'store' ? storeCapacity(size) : VENDOR_CAPACITY),
      handling: HANDLING[type],
      ...(type === 'dc' || type === '3pl' ? { boxes: [...BOXES] } : {}),
      ...(LABOUR[nodeId] ? { labour: LABOUR[nodeId] } : {}),
      ...(type === 'store' ? { receiving: { perShipmentMicros: microsOf('0.40') } } : {}),
    };
    return { node, size };
  });
}

/** A thousand units an hour, at 10.00 by day and 22.00 in the evening. */
function labour(dayHours: number, eveningHours: number): NonNullable<Node['labour']> {
  return {
    unitsPerHour: 1000,
    bands: [
      { name: 'day shift', hours: dayHours, perHourMicros: microsOf('10.00') },
      { name: 'evening', hours: eveningHours, perHourMicros: microsOf('22.00') },
    ],
  };
}

/** (catchment ÷ 1,000,000)^0.35 between 0.5 and 1.8, to two decimals. */
function storeSize(at: District, districts: readonly District[]): number {
  let people = 0;
  for (const district of districts) if (distanceMetres(at, district) <= CATCHMENT_METRES) people += district.population;
  return Math.round(Math.min(1.8, Math.max(0.5, (people / 1_000_000) ** 0.35)) * 100) / 100;
}

function storeCapacity(size: number): { shipmentsPerDay: number; unitsPerDay: number } {
  return {
    shipmentsPerDay: Math.round(STORE_CAPACITY.shipmentsPerDay * size),
    unitsPerDay: Math.round(STORE_CAPACITY.unitsPerDay * size),
  };
}
