// Decides how a proposal of cartons reads: the sentence, then each box with its weight and what goes into it.
import type { OrderDetail } from '@sourcewright/server/contract';
import { countText, decimalText } from '../../format/number.ts';

type Packing = NonNullable<OrderDetail['explanation']['packing']>[number];

export interface CartonsProps {
  readonly packing: Packing;
  readonly items: OrderDetail['items'];
}

export function Cartons({ packing, items }: CartonsProps) {
  return (
    <div className="cartons">
      <p>
        <span className="tag">proposal</span> {packing.sentence}
      </p>
      <table className="lines" aria-label={`Cartons of ${packing.shipmentId}`}>
        <tbody>
          {packing.cartons.map(({ boxId, weightGrams, contents, count }) => (
            <tr key={JSON.stringify([boxId, contents])}>
              <td className="num">{countText(count)} ×</td>
              <td className="box">{boxId ?? 'as it is'}</td>
              <td>
                {contents.map(({ sku, quantity }) => `${countText(quantity)} × ${items[sku]?.name ?? sku}`).join(', ')}
              </td>
              <td className="num">{decimalText(weightGrams / 1000, 1)} kg</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
