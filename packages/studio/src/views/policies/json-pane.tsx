// Decides the view of a policy as JSON: typed freely, taken over as soon as it is a policy again, with its faults at their lines.
import { useRef, useState } from 'react';
import { plural } from '../../format/number.ts';
import { saveText } from '../../ui/save-text.ts';
import { Icon } from '../../ui/icon.tsx';
import type { PaneProps } from './pane.ts';
import { lineOfPointer, policyText, readPolicyText, type TextFault } from './policy-text.ts';

export function JsonPane({ desk, lint }: PaneProps) {
  const { policy, change } = desk;
  const own = policyText(policy);
  const [typed, setTyped] = useState<{ readonly text: string; readonly of: string } | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  // What is typed stands as long as the policy is the one it made.
  const text = typed && typed.of === own ? typed.text : own;
  const read = readPolicyText(text);
  const fault = 'fault' in read ? read.fault : null;
  const faults = fault
    ? []
    : (lint?.findings ?? []).map((found) => ({ ...found, line: lineOfPointer(text, found.path) }));
  const onType = (next: string): void => {
    const parsed = readPolicyText(next);
    if ('fault' in parsed) {
      setTyped({ text: next, of: own });
      return;
    }
    setTyped({ text: next, of: policyText(parsed.policy) });
    change(parsed.policy, 'Changed the JSON.', 'json');
  };
  const show = (line: number): void => {
    const field = area.current;
    if (!field) return;
    const lines = text.split('\n');
    const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    field.focus();
    field.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
    field.scrollTop = Math.max(0, (line - 6) * 18);
  };
  return (
    <section className="pane json-pane" aria-label="Policy as JSON">
      <div className="pane-tools">
        <span className="muted">The same policy as text; the other views follow as you type.</span>
        <span className="spring" />
        <button
          type="button"
          className="button"
          onClick={() => saveText(`${policy.policyId}.json`, own, 'application/json')}
        >
          <Icon name="download" />
          Download
        </button>
      </div>
      <textarea
        ref={area}
        className="json"
        aria-label="Policy as JSON"
        aria-invalid={fault !== null}
        aria-describedby="json-faults"
        spellCheck={false}
        value={text}
        onChange={(event) => onType(event.target.value)}
      />
      <div id="json-faults" className="json-faults" role="status">
        {fault && <Fault fault={fault} onShow={show} />}
        {!fault && faults.length === 0 && (
          <span className="muted">{plural(text.split('\n').length, 'line')}, nothing found.</span>
        )}
        {faults.slice(0, 8).map(({ line, message, severity, path }) => (
          <p key={`${path} ${message}`}>
            <button type="button" className="link" onClick={() => show(line)}>
              Line {line}
            </button>{' '}
            <span className={`tag ${severity}`}>{severity}</span> {message}
          </p>
        ))}
      </div>
    </section>
  );
}

function Fault({ fault, onShow }: { readonly fault: TextFault; readonly onShow: (line: number) => void }) {
  return (
    <p className="mark-late">
      <button type="button" className="link" onClick={() => onShow(fault.line)}>
        Line {fault.line}, column {fault.column}
      </button>{' '}
      {fault.message} The other views keep the last policy that could be read.
    </p>
  );
}
