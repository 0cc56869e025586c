// Decides what the historical choices of the Brunel day cost, and what other choices on the same day would have cost.
// Prices come from the published tables alone. Run it to print the table of scenarios/brunel/README.md.
import { handlingOf, ORDERS, plantsFor, type PublishedOrder, routesFor } from './published.ts';

export interface Money {
  readonly orders: number;
  /** In dollars. */
  readonly freight: number;
  readonly handling: number;
}

/** The plant, port, carrier and transit time that were used; where several contracts fit, the cheapest. */
export function historical(order: PublishedOrder): { freight: number; handling: number; inGap: boolean } {
  const { plant, port, carrier, transit } = order.history;
  const used = routesFor(order, plant).filter(
    (route) =>
      route.contract === 'own' || (route.port === port && route.carrier === carrier && route.transit === transit),
  );
  if (used.length === 0) throw new Error(`Order ${order.orderId}: no published contract fits its history.`);
  const cheapest = used.reduce((best, route) => (route.freight < best.freight ? route : best));
  return { freight: cheapest.freight, handling: handlingOf(order, plant), inGap: cheapest.inGap };
}

/** The cheapest contract from the plant that was used. */
export function cheapestFreight(order: PublishedOrder): { freight: number; handling: number } {
  const { plant } = order.history;
  return { freight: leastFreight(order, plant), handling: handlingOf(order, plant) };
}

/** The plant and contract that cost least together, whatever the plant's capacity: history did not keep it either. */
export function cheapestPlant(order: PublishedOrder): { freight: number; handling: number } {
  return plantsFor(order)
    .map((plant) => ({ freight: leastFreight(order, plant), handling: handlingOf(order, plant) }))
    .reduce((best, way) => (way.freight + way.handling < best.freight + best.handling ? way : best));
}

export function total(
  orders: readonly PublishedOrder[],
  price: (order: PublishedOrder) => { freight: number; handling: number },
): Money {
  let freight = 0;
  let handling = 0;
  for (const order of orders) {
    const money = price(order);
    freight += money.freight;
    handling += money.handling;
  }
  return { orders: orders.length, freight, handling };
}

/** Rows of the README's table: what was done, and what it would have cost otherwise. */
export function historyTable(): string {
  const was = total(ORDERS, historical);
  const rows: [string, Money][] = [
    ['what happened', was],
    ['the plants as they were, the cheapest contract of each', total(ORDERS, cheapestFreight)],
    ['the cheapest plant and contract, capacities ignored as history did', total(ORDERS, cheapestPlant)],
  ];
  const dollars = (amount: number): string => Math.round(amount).toLocaleString('en-US');
  const lines = rows.map(([what, money]) => {
    const saved = was.freight + was.handling - money.freight - money.handling;
    const share = (100 * saved) / (was.freight + was.handling);
    return `| ${what} | ${dollars(money.freight)} | ${dollars(money.handling)} | ${dollars(saved)} (${share.toFixed(1)} %) |`;
  });
  return ['| choice | freight | handling | saved |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function leastFreight(order: PublishedOrder, plant: string): number {
  return Math.min(...routesFor(order, plant).map(({ freight }) => freight));
}

if (import.meta.main) console.log(historyTable());
