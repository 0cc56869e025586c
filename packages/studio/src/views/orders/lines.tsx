// Decides a list of lines that may be long: the first few, the rest on demand.
import type { OrderDetail } from '@sourcewright/server/contract';
import { useState } from 'react';
import { countText } from '../../format/number.ts';
import { usePrinting } from '../../state/printing.ts';
import { MoreButton } from '../../ui/more-button.tsx';

interface Line {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly note?: string;
}

export interface LinesProps {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly items: OrderDetail['items'];
}

const AT_FIRST = 5;

export function Lines({ label, lines, items }: LinesProps) {
  const [all, setAll] = useState(false);
  const printing = usePrinting();
  const shown = all || printing ? lines : lines.slice(0, AT_FIRST);
  return (
    <>
      <table className="lines" aria-label={label}>
        <tbody>
          {shown.map((line) => (
            <tr key={line.lineId}>
              <td className="num">{countText(line.quantity)} ×</td>
              <td>{items[line.sku]?.name ?? line.sku}</td>
              <td className="muted">{line.note ?? line.sku}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > AT_FIRST && (
        <MoreButton
          all={all}
          onToggle={() => setAll(!all)}
          more={`Show all ${countText(lines.length)} lines`}
          fewer="Show fewer lines"
        />
      )}
    </>
  );
}
