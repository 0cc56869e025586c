// Decides how a rule is begun: from a template that reads as a sentence, or empty.
import { Dialog } from '../../ui/dialog.tsx';
import { insertRule, type Rule, rulesOf } from './draft.ts';
import type { PaneProps } from './pane.ts';
import { ruleSentence } from './rule-sentence.ts';
import { EMPTY_RULE, TEMPLATES } from './templates.ts';

export function TemplateDialog({ pane, onClose }: { readonly pane: PaneProps; readonly onClose: () => void }) {
  const { desk, words, go } = pane;
  const add = (rule: Rule): void => {
    const next = insertRule(desk.policy, rule);
    const added = rulesOf(next).at(-1)!;
    desk.change(next, `Added “${added.name}”.`);
    onClose();
    go({ rule: added.name, view: 'builder' });
  };
  return (
    <Dialog label="Add a rule" onClose={onClose}>
      <div className="templates">
        <header>
          <h1>Add a rule</h1>
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
        </header>
        <ul>
          <li>
            <button type="button" className="template" onClick={() => add(EMPTY_RULE)}>
              <strong>An empty rule</strong>
              <span className="muted">Start from one condition and choose the rest.</span>
            </button>
          </li>
          {TEMPLATES.map(({ title, note, rule }) => (
            <li key={title}>
              <button type="button" className="template" onClick={() => add(rule)}>
                <strong>{title}</strong>
                <span className="tag">{note}</span>
                <span className="muted">{ruleSentence(rule, words)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
