// Decides how what stock and rejects are worth to nodes is filled in: each counted or not, with what it goes by.
import type { Policy } from '@sourcewright/engine';
import { Check, MONEY, number, type PartProps } from './goal-fields.tsx';

type Goals = Policy['goals'];
type StockBalance = NonNullable<Goals['stockBalance']>;
type RejectRisk = NonNullable<Goals['rejectRisk']>;

const STOCK_BALANCE: StockBalance = { marginPercent: 40, horizonDays: 7 };
const MARKDOWN: NonNullable<StockBalance['markdown']> = { chancePercent: 30, lossPercent: 40, targetCoverDays: 60 };
const REJECT_RISK: RejectRisk = { perRejectMicros: 4_000_000, usualPercent: 2, priorPicks: 50 };

export function NodeGoals({ policy, set, sign }: PartProps & { readonly sign: string }) {
  const { stockBalance, rejectRisk, ...others } = policy.goals;
  const setGoals = (goals: Goals, mark: string): void => set({ ...policy, goals }, mark);
  return (
    <fieldset>
      <legend>What goods are worth to nodes</legend>
      <Check
        label="Count sales that a node may lose when it runs out"
        on={stockBalance !== undefined}
        onChange={(on) => {
          const rest = { ...others, ...(rejectRisk && { rejectRisk }) };
          setGoals(on ? { ...rest, stockBalance: STOCK_BALANCE } : rest, 'stock-balance');
        }}
      />
      {stockBalance && (
        <StockFields
          goal={stockBalance}
          set={(goal, mark) => setGoals({ ...policy.goals, stockBalance: goal }, mark)}
        />
      )}
      <Check
        label="Count the chance that a node turns a line down"
        on={rejectRisk !== undefined}
        onChange={(on) => {
          const rest = { ...others, ...(stockBalance && { stockBalance }) };
          setGoals(on ? { ...rest, rejectRisk: REJECT_RISK } : rest, 'reject-risk');
        }}
      />
      {rejectRisk && (
        <RejectFields
          goal={rejectRisk}
          sign={sign}
          set={(goal, mark) => setGoals({ ...policy.goals, rejectRisk: goal }, mark)}
        />
      )}
    </fieldset>
  );
}

interface GoalProps<G> {
  readonly goal: G;
  readonly set: (goal: G, mark: string) => void;
}

function StockFields({ goal, set }: GoalProps<StockBalance>) {
  const { markdown, ...plain } = goal;
  const setMarkdown = (over: Partial<NonNullable<StockBalance['markdown']>>, mark: string): void =>
    set({ ...goal, markdown: { ...MARKDOWN, ...markdown, ...over } }, mark);
  return (
    <>
      {number('Margin lost with a sale, % of the price', goal.marginPercent, (marginPercent) =>
        set({ ...goal, marginPercent }, 'margin'),
      )}
      {number('Days until more comes, if none is due', goal.horizonDays, (horizonDays) =>
        set({ ...goal, horizonDays }, 'horizon'),
      )}
      <Check
        label="Count markdowns that taking spare units saves"
        on={markdown !== undefined}
        onChange={(on) => set(on ? { ...plain, markdown: MARKDOWN } : plain, 'markdown')}
      />
      {markdown && (
        <>
          {number('Chance that a spare unit is marked down, %', markdown.chancePercent, (chancePercent) =>
            setMarkdown({ chancePercent }, 'markdown-chance'),
          )}
          {number('What that loses, % of the price', markdown.lossPercent, (lossPercent) =>
            setMarkdown({ lossPercent }, 'markdown-loss'),
          )}
          {markdown.targetCoverDays !== undefined &&
            number('Spare is what lasts longer than, days', markdown.targetCoverDays, (targetCoverDays) =>
              setMarkdown({ targetCoverDays }, 'markdown-cover'),
            )}
        </>
      )}
    </>
  );
}

function RejectFields({ goal, set, sign }: GoalProps<RejectRisk> & { readonly sign: string }) {
  return (
    <>
      {number(
        `A line turned down costs, ${sign}`,
        goal.perRejectMicros,
        (perRejectMicros) => set({ ...goal, perRejectMicros }, 'reject-cost'),
        MONEY,
      )}
      {number('Turned down if nothing is known, %', goal.usualPercent, (usualPercent) =>
        set({ ...goal, usualPercent }, 'reject-usual'),
      )}
      {number('Lines of its own that weigh as much', goal.priorPicks, (priorPicks) =>
        set({ ...goal, priorPicks }, 'reject-prior'),
      )}
    </>
  );
}
