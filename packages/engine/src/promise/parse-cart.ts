// Decides whether an unknown input is a cart that can be asked about, and the order that it would be.
import type { Issue } from '../base/issue.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { cartSchema } from '../model/cart.ts';
import type { Order } from '../model/order.ts';
import { limitIssues, parserOf } from '../model/parse.ts';
import { orderIssues } from '../model/references.ts';
import type { Snapshot } from '../model/snapshot.ts';

const parseShape = parserOf(cartSchema);

/** The cart as an order of the snapshot, or all that is wrong with it; paths are JSON pointers below `base`. */
export function parseCart(input: unknown, snapshot: Snapshot, base = ''): Result<Order, Issue[]> {
  const shape = parseShape(input, base);
  if (!shape.ok) return shape;
  const { orderId = 'cart', placedAt = snapshot.asOf, lines, ...rest } = shape.value;
  const order: Order = {
    ...rest,
    orderId,
    placedAt,
    lines: lines.map((line, index) => ({ ...line, lineId: line.lineId ?? String(index + 1) })),
  };
  // Orders are checked as a list; a cart stands alone.
  const issues = orderIssues([order], snapshot, base).map((issue) => ({
    ...issue,
    path: base + issue.path.slice(`${base}/0`.length),
  }));
  return issues.length > 0 ? fail(limitIssues(issues)) : succeed(order);
}
