// Decides how conditions are put together by choosing: groups of all, any and not over facts, operators and typed values of the catalogue.
// Leaves keeping the groups in order to react-querybuilder, and the conditions themselves to the rule.
import './condition-builder.css';
import { useId, useMemo, useState } from 'react';
import {
  type Field,
  type OptionGroup,
  QueryBuilder,
  type RuleGroupType,
  type ValueEditorProps,
  type VersatileSelectorProps,
} from 'react-querybuilder';
import { conditionsToQuery, NAMED, type QueryGroup, queryToConditions } from './conditions-query.ts';
import { type Fact, factMenuLabel, SCOPE_LABELS, type Words } from './fact-words.ts';
import { sameJson } from './same-json.ts';
import { ValueField } from './value-field.tsx';

export interface ConditionBuilderProps {
  readonly label: string;
  readonly conditions: unknown;
  readonly words: Words;
  /** Names of conditions that rules share. */
  readonly named: readonly string[];
  /** Scopes of the facts that may be asked. */
  readonly scopes: readonly string[];
  /** Known values of facts whose catalogue lists none, such as node ids. */
  readonly known: ReadonlyMap<string, readonly string[]>;
  readonly onChange: (conditions: Record<string, unknown>) => void;
}

const COMBINATORS = [
  { name: 'and', label: 'all of these hold' },
  { name: 'or', label: 'any of these holds' },
];

export function ConditionBuilder(props: ConditionBuilderProps) {
  const { label, conditions, words, named, scopes, onChange } = props;
  const [query, setQuery] = useState<QueryGroup>(() => conditionsToQuery(conditions));
  // The rule may have changed elsewhere: in the JSON, by undo, by a fix.
  const isStale = !sameJson(queryToConditions(query, words.operators), conditions);
  const [shown, setShown] = useState(conditions);
  if (isStale && shown !== conditions) {
    setShown(conditions);
    setQuery(conditionsToQuery(conditions));
  }
  const fields = useMemo(() => fieldsOf(words, scopes, named, query), [words, scopes, named, query]);
  const first = words.catalogue.facts.find(({ scope }) => scopes.includes(scope) && scope !== 'time')?.name ?? NAMED;
  const change = (next: RuleGroupType): void => {
    const own = next as QueryGroup;
    const json = queryToConditions(own, words.operators);
    setQuery(own);
    setShown(json);
    // The builder tells of its query also when it only made itself at home in it.
    if (!sameJson(json, conditions)) onChange(json);
  };
  return (
    <div className="conditions" role="group" aria-label={label}>
      <QueryBuilder
        query={query as RuleGroupType}
        onQueryChange={change}
        fields={fields}
        combinators={COMBINATORS}
        getDefaultField={first}
        getDefaultOperator={(name) => operatorsFor(words, name)[0]?.name ?? ''}
        getOperators={(name) => operatorsFor(words, name)}
        getDefaultValue={(rule) => defaultValue(words.facts.get(rule.field), named)}
        addRuleToNewGroups
        showNotToggle
        showShiftActions
        showCloneButtons={false}
        translations={TRANSLATIONS}
        context={props}
        controlElements={CONTROLS}
        controlClassnames={CLASSES}
      />
    </div>
  );
}

function Value(props: ValueEditorProps) {
  const { field, operator, value, context, rule } = props;
  const change = (next: unknown): void => props.handleOnChange(next);
  const { words, named, known, scopes } = context as ConditionBuilderProps;
  const id = useId();
  if (field === NAMED) {
    return (
      <select
        className="select"
        aria-label="Shared conditions"
        value={String(value)}
        onChange={(event) => change(event.target.value)}
      >
        {!named.includes(String(value)) && <option value={String(value)}>{String(value)}</option>}
        {named.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    );
  }
  return (
    <ValueField
      id={id}
      key={`${rule.id} ${field} ${operator}`}
      value={value}
      fact={words.facts.get(field)}
      shape={words.operators.get(operator)?.value ?? 'one'}
      words={words}
      scopes={scopes}
      choices={known.get(field)}
      onChange={change}
    />
  );
}

interface MenuEntry {
  readonly name: string;
  readonly label: string;
}
interface MenuGroup {
  readonly label: string;
  readonly options: readonly MenuEntry[];
}

/** A menu with a name of its own: a title is none to a screen reader. */
function Choice(props: VersatileSelectorProps) {
  const { options, value, title, className } = props;
  return (
    <select
      className={className}
      aria-label={title}
      value={value}
      onChange={(event) => props.handleOnChange(event.target.value)}
    >
      {(options as readonly (MenuEntry | MenuGroup)[]).map((option) =>
        'options' in option ? (
          <optgroup key={option.label} label={option.label}>
            {option.options.map((one) => (
              <option key={one.name} value={one.name}>
                {one.label}
              </option>
            ))}
          </optgroup>
        ) : (
          <option key={option.name} value={option.name}>
            {option.label}
          </option>
        ),
      )}
    </select>
  );
}

const CONTROLS = {
  valueEditor: Value,
  fieldSelector: Choice,
  operatorSelector: Choice,
  combinatorSelector: Choice,
};

function fieldsOf(
  words: Words,
  scopes: readonly string[],
  named: readonly string[],
  query: QueryGroup,
): OptionGroup<Field>[] {
  const { facts } = words.catalogue;
  const groups = Object.entries(SCOPE_LABELS)
    .filter(([scope]) => scopes.includes(scope))
    .map(([scope, label]) => ({
      label,
      options: facts.filter((fact) => fact.scope === scope).map((fact) => fieldOf(fact.name, factMenuLabel(fact))),
    }));
  if (named.length > 0) groups.push({ label: 'Shared', options: [fieldOf(NAMED, 'conditions called')] });
  const offered = new Set(groups.flatMap(({ options }) => options.map(({ name }) => name)));
  const others = [...new Set(fieldsIn(query))].filter((name) => !offered.has(name));
  if (others.length > 0)
    groups.push({ label: 'Not for this rule', options: others.map((name) => fieldOf(name, name)) });
  return groups as OptionGroup<Field>[];
}

const fieldOf = (name: string, label: string): { name: string; value: string; label: string } => ({
  name,
  value: name,
  label,
});

function fieldsIn(query: QueryGroup): string[] {
  return query.rules.flatMap((member) => ('rules' in member ? fieldsIn(member as QueryGroup) : [member.field]));
}

function operatorsFor(words: Words, name: string): { name: string; value: string; label: string }[] {
  if (name === NAMED) return [{ name: 'holds', value: 'holds', label: 'holds' }];
  const fact = words.facts.get(name);
  const own = words.catalogue.operators.filter(
    (operator) =>
      (fact ? operator.factTypes.includes(fact.type) : true) && (!operator.name.endsWith('Km') || fact?.unit === 'km'),
  );
  return own.map((operator) => ({
    name: operator.name,
    value: operator.name,
    label: operator.text.replace(/, both ends included,?/, ''),
  }));
}

function defaultValue(fact: Fact | undefined, named: readonly string[]): unknown {
  if (!fact) return named[0] ?? '';
  const { example } = fact;
  if (fact.type === 'flag') return true;
  if (Array.isArray(example)) return example[0] ?? '';
  return example;
}

const TRANSLATIONS = {
  fields: { title: 'Fact' },
  operators: { title: 'How it is compared' },
  value: { title: 'Value' },
  combinators: { title: 'All or any' },
  notToggle: { label: 'not', title: 'Turn the group round' },
  addRule: { label: '+ condition', title: 'Add a condition' },
  addGroup: { label: '+ group', title: 'Add a group' },
  removeRule: { label: '✕', title: 'Remove the condition' },
  removeGroup: { label: '✕', title: 'Remove the group' },
  shiftActionUp: { label: '↑', title: 'Move up' },
  shiftActionDown: { label: '↓', title: 'Move down' },
} as const;

const CLASSES = {
  fields: 'select',
  operators: 'select',
  combinators: 'select',
  addRule: 'button quiet',
  addGroup: 'button quiet',
  removeRule: 'button quiet icon small',
  removeGroup: 'button quiet icon small',
} as const;
