// Decides what is said of the wave optimiser in a comparison: what it saves against each other run, and what no plan could save beyond it.
import type { Run } from '@sourcewright/server/contract';
import { currencySign, totalText } from '../../format/money.ts';
import { percentText } from '../../format/number.ts';
import { weighsTogether } from '../../format/proof-words.ts';
import { runName } from '../../format/words.ts';
import { samePolicy } from '../../state/selection.tsx';

/** Nothing where no chosen run weighs orders together, or none is left to hold it against. */
export function OptimalSavings({ chosen }: { readonly chosen: readonly Run[] }) {
  const best = chosen.find((run) => weighsTogether(run.strategy));
  const others = chosen.filter((run) => best && run !== best && samePolicy(run, best));
  if (!best?.cost || !best.proof || others.length === 0) return null;
  const { totalMicros } = best.cost;
  const open = totalMicros - best.proof.lowerBoundMicros;
  return (
    <dl className="optimal-savings" aria-label={`What ${runName(best)} saves`}>
      {others.map((run) => (
        <Saving key={run.runId} best={best} micros={(run.cost?.totalMicros ?? 0) - totalMicros} run={run} />
      ))}
      <div>
        <dt>Any plan could still save</dt>
        <dd>
          {best.proof.proven ? 'nothing' : `at most ${currencySign(best.currency)}${totalText(open)}`}{' '}
          <span>{best.proof.proven ? 'proven' : percentText(best.proof.gap, 2)}</span>
        </dd>
      </div>
    </dl>
  );
}

/** `micros` below 0 where the other run costs less. */
function Saving({ best, micros, run }: { readonly best: Run; readonly micros: number; readonly run: Run }) {
  const share = Math.abs(micros) / Math.max(1, run.cost?.totalMicros ?? 0);
  return (
    <div>
      <dt>
        {runName(best)} {micros < 0 ? 'costs more than' : 'saves on'} {runName(run)}
      </dt>
      <dd className={micros < 0 ? 'worse' : 'better'}>
        {currencySign(run.currency)}
        {totalText(Math.abs(micros))} <span>{percentText(share)}</span>
      </dd>
    </div>
  );
}
