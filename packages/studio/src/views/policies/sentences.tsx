// Decides the view of a policy in plain words: every rule as a sentence, in order, with how it fared.
import { useState } from 'react';
import { countText } from '../../format/number.ts';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { isOn, rulesOf } from './draft.ts';
import type { PaneProps } from './pane.ts';
import { orderingOf, RuleActions, RuleSwitch } from './rule-actions.tsx';
import { ruleSentence } from './rule-sentence.ts';
import { TemplateDialog } from './template-dialog.tsx';

export function Sentences(pane: PaneProps) {
  const { desk, words, lint, effect, open, selected, go } = pane;
  const [choosing, setChoosing] = useState(false);
  const rules = rulesOf(desk.policy);
  const uses = new Map(effect?.rules.map((use) => [use.rule, use]));
  return (
    <section className="pane" aria-label="Rules as sentences">
      <div className="pane-tools">
        <button type="button" className="button primary" onClick={() => setChoosing(true)}>
          <Icon name="plus" />
          Add a rule
        </button>
        <button type="button" className="button" onClick={() => go({ try: 'any' })}>
          Try an order
        </button>
        <span className="spring" />
        {desk.isChanged && (
          <button type="button" className="button quiet" onClick={() => desk.start()}>
            Drop the draft
          </button>
        )}
      </div>
      {rules.length === 0 && (
        <Notice title="No rules yet">
          <p>Without rules every node that has the goods and reaches the customer may ship. Start from a template.</p>
        </Notice>
      )}
      <ol className="rules">
        {rules.map((rule, index) => {
          const found = lint?.findings.filter(({ rules: about }) => about[0] === rule.name) ?? [];
          const use = uses.get(rule.name);
          return (
            <li
              key={rule.name}
              className={[index === selected && 'selected', !isOn(rule) && 'off'].filter(Boolean).join(' ')}
              {...orderingOf({ desk, index })}
            >
              <span className="grip" aria-hidden="true" title="Drag to move">
                <Icon name="grip" />
              </span>
              <RuleSwitch desk={desk} index={index} />
              <div className="rule-words">
                <button type="button" className="rule-name" onClick={() => open(index, 'builder')}>
                  {rule.name}
                </button>
                <p>{ruleSentence(rule, words)}</p>
                <p className="rule-marks">
                  {found.slice(0, 2).map(({ code, severity, path }) => (
                    <span key={`${code} ${path}`} className={`tag ${severity}`}>
                      {code.replaceAll('-', ' ')}
                    </span>
                  ))}
                  {!isOn(rule) && <span className="tag">off</span>}
                  {use && isOn(rule) && (
                    <span className="muted">
                      held {countText(use.held)} of {countText(use.asked)} times, changed {countText(use.changed)}
                    </span>
                  )}
                </p>
              </div>
              <RuleActions desk={desk} index={index} />
            </li>
          );
        })}
      </ol>
      {choosing && <TemplateDialog pane={pane} onClose={() => setChoosing(false)} />}
    </section>
  );
}
