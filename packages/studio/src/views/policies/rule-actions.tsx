// Decides what can be done with a rule where it is listed: order, on and off, a copy, removal. Every step can be taken back.
import { Icon } from '../../ui/icon.tsx';
import { insertRule, isOn, moveRule, removeRule, rulesOf, toggleRule } from './draft.ts';
import type { DraftDesk } from './use-draft.ts';

export interface RuleActionsProps {
  readonly desk: DraftDesk;
  readonly index: number;
}

export function RuleActions({ desk, index }: RuleActionsProps) {
  const { policy, change } = desk;
  const rules = rulesOf(policy);
  const { name } = rules[index]!;
  const move = (step: number): void => change(moveRule(policy, index, index + step), `Moved “${name}”.`);
  return (
    <span className="rule-actions">
      <button
        type="button"
        className="button quiet icon small"
        aria-label={`Move “${name}” up`}
        title="Up (Alt ↑)"
        disabled={index === 0}
        onClick={() => move(-1)}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        className="button quiet icon small"
        aria-label={`Move “${name}” down`}
        title="Down (Alt ↓)"
        disabled={index === rules.length - 1}
        onClick={() => move(1)}
      >
        <Icon name="down" />
      </button>
      <button
        type="button"
        className="button quiet icon small"
        aria-label={`Copy “${name}”`}
        title="Copy"
        onClick={() => change(insertRule(policy, rules[index]!, index), `Copied “${name}”.`)}
      >
        <Icon name="copy" />
      </button>
      <button
        type="button"
        className="button quiet icon small"
        aria-label={`Delete “${name}”`}
        title="Delete"
        onClick={() => change(removeRule(policy, index), `Deleted “${name}”.`)}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}

/** A switch that keeps the rule and its place. */
export function RuleSwitch({ desk, index }: RuleActionsProps) {
  const rule = rulesOf(desk.policy)[index]!;
  return (
    <input
      type="checkbox"
      className="rule-switch"
      aria-label={`“${rule.name}” is on`}
      title={isOn(rule) ? 'On' : 'Off'}
      checked={isOn(rule)}
      onChange={() =>
        desk.change(toggleRule(desk.policy, index), `Turned “${rule.name}” ${isOn(rule) ? 'off' : 'on'}.`)
      }
    />
  );
}

/** Drag and drop of one row, and Alt with the arrows. */
export function orderingOf({ desk, index }: RuleActionsProps) {
  const { policy, change } = desk;
  const { name } = rulesOf(policy)[index]!;
  const move = (from: number, to: number): void => {
    if (from !== to) change(moveRule(policy, from, to), `Moved “${rulesOf(policy)[from]!.name}”.`);
  };
  return {
    draggable: true,
    onDragStart: (event: React.DragEvent) => {
      event.dataTransfer.setData('text/plain', String(index));
      event.dataTransfer.effectAllowed = 'move';
    },
    onDragOver: (event: React.DragEvent) => event.preventDefault(),
    onDrop: (event: React.DragEvent) => {
      event.preventDefault();
      const from = Number(event.dataTransfer.getData('text/plain'));
      if (Number.isInteger(from) && from >= 0 && from < rulesOf(policy).length) move(from, index);
    },
    onKeyDown: (event: React.KeyboardEvent) => {
      const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
      if (step === undefined) return;
      event.preventDefault();
      change(moveRule(policy, index, index + step), `Moved “${name}”.`);
    },
  };
}
