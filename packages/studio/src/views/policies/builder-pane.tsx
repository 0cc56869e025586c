// Decides the view in which a rule is put together by choosing, with its sentence in step above it.
import { useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ConditionBuilder } from './condition-builder.tsx';
import { isOn, type Rule, replaceRule, rulesOf } from './draft.ts';
import { EffectForm } from './effect-form.tsx';
import type { PaneProps } from './pane.ts';
import { orderingOf, RuleActions, RuleSwitch } from './rule-actions.tsx';
import { ruleSentence } from './rule-sentence.ts';
import { TemplateDialog } from './template-dialog.tsx';

export function BuilderPane(pane: PaneProps) {
  const { desk, open, selected, lint } = pane;
  const [choosing, setChoosing] = useState(false);
  const rules = rulesOf(desk.policy);
  const at = selected >= 0 ? selected : 0;
  const rule = rules[at];
  const worst = new Map(
    lint?.findings
      .toReversed()
      .flatMap(({ rules: about, severity }) => about.slice(0, 1).map((name) => [name, severity])),
  );
  return (
    <div className="builder">
      <nav className="rule-list" aria-label="Rules">
        <ol>
          {rules.map((one, index) => (
            <li key={one.name} className={isOn(one) ? undefined : 'off'} {...orderingOf({ desk, index })}>
              <button
                type="button"
                className="rule-link"
                aria-current={index === at ? 'true' : undefined}
                onClick={() => open(index, 'builder')}
              >
                <span className="muted num">{index + 1}</span>
                <span className="clip">{one.name}</span>
                {worst.has(one.name) && (
                  <span
                    className={`dot ${worst.get(one.name)}`}
                    role="img"
                    aria-label={`has a ${worst.get(one.name)}`}
                  />
                )}
              </button>
            </li>
          ))}
        </ol>
        <button type="button" className="button quiet" onClick={() => setChoosing(true)}>
          <Icon name="plus" />
          Add a rule
        </button>
      </nav>
      {rule ? (
        <RuleEditor key={at} pane={pane} rule={rule} index={at} />
      ) : (
        <Notice title="No rules yet">
          <p>Add one from a template, or an empty one.</p>
        </Notice>
      )}
      {choosing && <TemplateDialog pane={pane} onClose={() => setChoosing(false)} />}
    </div>
  );
}

interface RuleEditorProps {
  readonly pane: PaneProps;
  readonly rule: Rule;
  readonly index: number;
}

function RuleEditor({ pane, rule, index }: RuleEditorProps) {
  const { desk, words, known, go } = pane;
  const { policy, change } = desk;
  const effect = words.effects.get(rule.event.type);
  const named = (policy.conditions ?? []).map(({ name }) => name);
  const set = (next: Rule, what: string): void =>
    change(replaceRule(policy, index, next), `Changed “${next.name}”.`, `${what} ${index}`);
  const taken = rulesOf(policy).some(({ name }, other) => name === rule.name && other !== index);
  return (
    <section className="pane rule-editor" aria-label={`Rule ${rule.name}`}>
      <p className="sentence" aria-live="polite">
        {ruleSentence(rule, words)}
      </p>
      <div className="rule-line">
        <RuleSwitch desk={desk} index={index} />
        <label className="field grow">
          <span>Name</span>
          <input
            className="input"
            value={rule.name}
            maxLength={120}
            aria-invalid={taken || rule.name === ''}
            onChange={(event) => {
              set({ ...rule, name: event.target.value }, 'name');
              go({ rule: event.target.value });
            }}
          />
        </label>
        <RuleActions desk={desk} index={index} />
      </div>
      <h2>When</h2>
      <ConditionBuilder
        label="When the rule holds"
        conditions={rule.conditions}
        words={words}
        named={named}
        scopes={effect?.reads ?? []}
        known={known}
        onChange={(conditions) => set({ ...rule, conditions }, 'conditions')}
      />
      <h2>Then</h2>
      <EffectForm
        rule={rule}
        words={words}
        named={named}
        known={known}
        onChange={(event) => set({ ...rule, event }, 'event')}
      />
    </section>
  );
}
