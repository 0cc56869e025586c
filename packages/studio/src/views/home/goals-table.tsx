// Decides what Home says of ranked goals: what each came to, what is proven of it and how far the goals below might raise it.
// Says nothing where a run has one goal: that is its cost, which stands above.
import type { Run } from '@sourcewright/server/contract';
import { moneyText } from '../../format/money.ts';
import { percentText } from '../../format/number.ts';

export function GoalsTable({ run }: { readonly run: Run }) {
  const { tiers, currency } = run;
  if (!tiers || tiers.length < 2) return null;
  return (
    <section className="goals">
      <h2>Goals by rank</h2>
      <table className="table" aria-label="Goals by rank">
        <thead>
          <tr>
            <th scope="col">Goal</th>
            <th scope="col" className="num">
              Reached
            </th>
            <th scope="col" className="num">
              At least
            </th>
            <th scope="col" className="num">
              Gap
            </th>
            <th scope="col" className="num">
              Goals below may raise it to
            </th>
          </tr>
        </thead>
        <tbody>
          {tiers.map(({ name, objectiveMicros, lowerBoundMicros, gap, limitMicros }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num">{moneyText(objectiveMicros, currency)}</td>
              <td className="num">{moneyText(lowerBoundMicros, currency)}</td>
              <td className="num">{percentText(gap, 2)}</td>
              <td className="num">{limitMicros === null ? '–' : moneyText(limitMicros, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
