// Decides the view of how rules fare: how often each was asked, held and changed anything, and what each costs on request.
import type { Policy } from '@sourcewright/engine';
import type { EffectReport } from '@sourcewright/server/contract';
import { currencySign, signedAmountText } from '../../format/money.ts';
import { countText, percentText, plural } from '../../format/number.ts';
import { useRuleCosts } from '../../state/policy-queries.ts';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { isOn, type Rule, rulesOf } from './draft.ts';
import { effectLabel } from './effect-form.tsx';
import type { PaneProps } from './pane.ts';

export function Funnel({ desk, effect, open, scenarioId, words, policy }: PaneProps & { readonly policy: Policy }) {
  const costs = useRuleCosts(scenarioId, policy);
  const rules = rulesOf(desk.policy);
  const uses = new Map(effect?.rules.map((use) => [use.rule, use]));
  if (rules.filter(isOn).length === 0) {
    return (
      <Notice title="No rules are on">
        <p>The funnel shows of each rule how often it was asked, held and changed anything.</p>
      </Notice>
    );
  }
  if (!effect) return <SkeletonRows rows={rules.length} label="Asking the rules" />;
  return (
    <section className="pane" aria-label="Rule funnel">
      <div className="pane-tools">
        <p className="muted">
          Over the last {plural(effect.orders, 'order')}. Asked: lines at nodes, orders, stock rows or nodes, by effect.
        </p>
        <span className="spring" />
        {costs.progress ? (
          <button type="button" className="button" onClick={costs.stop}>
            Stop at {costs.progress.done} of {costs.progress.total}
          </button>
        ) : (
          <button type="button" className="button" onClick={costs.work}>
            What does each rule cost?
          </button>
        )}
      </div>
      {costs.progress && (
        <div
          className="progress"
          role="progressbar"
          aria-label="Rules costed"
          aria-valuenow={costs.progress.done}
          aria-valuemin={0}
          aria-valuemax={costs.progress.total}
        >
          <span style={{ transform: `scaleX(${costs.progress.done / costs.progress.total})` }} />
        </div>
      )}
      {costs.error !== null && costs.error !== undefined && <ErrorNotice error={costs.error} />}
      <table className="table funnel">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" className="num">
              Asked
            </th>
            <th scope="col" className="num">
              Held
            </th>
            <th scope="col" className="num">
              Changed
            </th>
            <th scope="col">Held of asked</th>
            <th scope="col" className="num">
              Costs<span className="unit"> {currencySign(words.currency).trim()}</span>
            </th>
            <th scope="col" className="num">
              Orders moved
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule, index) => (
            <FunnelRow
              key={rule.name}
              rule={rule}
              use={uses.get(rule.name)}
              cost={costs.byRule.get(rule.name)}
              onOpen={() => open(index, 'builder')}
            />
          ))}
        </tbody>
      </table>
      <p className="muted note">
        A rule costs what the policy costs with it less what it costs without it, order by order. Costs do not add up:
        one rule may stand in for another.
      </p>
    </section>
  );
}

interface FunnelRowProps {
  readonly rule: Rule;
  readonly use: EffectReport['rules'][number] | undefined;
  readonly cost: EffectReport | undefined;
  readonly onOpen: () => void;
}

function FunnelRow({ rule, use, cost, onOpen }: FunnelRowProps) {
  const share = use && use.asked > 0 ? use.held / use.asked : null;
  const among = cost && cost.decided < cost.touched ? ` of ${countText(cost.decided)}` : '';
  return (
    <tr className={isOn(rule) ? undefined : 'off'}>
      <th scope="row">
        <button type="button" className="link" onClick={onOpen}>
          {rule.name}
        </button>
        <span className="muted"> {isOn(rule) ? effectLabel(rule.event.type) : 'off'}</span>
      </th>
      <td className="num">{countText(use?.asked)}</td>
      <td className="num">{countText(use?.held)}</td>
      <td className="num">{countText(use?.changed)}</td>
      <td>
        {share !== null && (
          <span className="share">
            <span className="bar" style={{ width: `${Math.max(share > 0 ? 1 : 0, share * 80)}px` }} />
            {percentText(share)}
          </span>
        )}
      </td>
      <td className="num">{cost ? signedAmountText(cost.after.costMicros - cost.before.costMicros) : '–'}</td>
      <td className="num">{cost ? `${countText(cost.changed)}${among}` : '–'}</td>
    </tr>
  );
}
