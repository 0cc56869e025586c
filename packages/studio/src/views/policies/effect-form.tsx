// Decides how what a rule does is chosen: the effect, its parameters by their shape in the catalogue, and the reason.
import type { Policy } from '@sourcewright/engine';
import { currencySign } from '../../format/money.ts';
import { STRATEGY_ORDER, strategyLabel } from '../../format/words.ts';
import { ConditionBuilder } from './condition-builder.tsx';
import type { Rule } from './draft.ts';
import type { Effect, Words } from './fact-words.ts';
import { plainText } from './plain-text.ts';
import { NumberField } from './value-field.tsx';

export interface EffectFormProps {
  readonly rule: Rule;
  readonly words: Words;
  readonly named: readonly string[];
  readonly known: ReadonlyMap<string, readonly string[]>;
  readonly onChange: (event: Rule['event']) => void;
}

type Params = Readonly<Record<string, unknown>>;

const LABELS: Readonly<Record<string, string>> = {
  exclude: 'Exclude the node',
  require: 'Allow only some nodes',
  penalise: 'Charge the node',
  prefer: 'Prefer some nodes',
  'sourcing-buffer': 'Keep stock back',
  'capacity-cap': 'Cap capacity',
  'max-shipments': 'Limit shipments',
  'ship-complete': 'Ship whole or not at all',
  'allow-partial': 'Allow missing units',
  hold: 'Hold the order',
  'promise-by': 'Promise by',
  'min-part-value': 'Least value of a part',
  'unsourced-penalty': 'Weigh unsourced units',
  'when-unsourced': 'When units stay unsourced',
};
const SCOPES: Readonly<Record<string, string>> = {
  candidate: 'A line at a node',
  order: 'A whole order',
  stock: 'Stock at a node',
  node: 'A node',
};

export const effectLabel = (type: string): string => (Object.hasOwn(LABELS, type) ? LABELS[type]! : type);

export function EffectForm({ rule, words, named, known, onChange }: EffectFormProps) {
  const { type } = rule.event;
  const params = rule.event.params as Params;
  const effect = words.effects.get(type);
  const set = (key: string, value: unknown): void => {
    const { [key]: _old, ...rest } = params;
    onChange({ type, params: value === undefined ? rest : { ...rest, [key]: value } } as Rule['event']);
  };
  return (
    <div className="effect-form">
      <EffectMenu type={type} params={params} words={words} onChange={onChange} />
      {effect && (
        <p className="muted note">
          {effect.text
            .replaceAll('`nodes` holds', 'the conditions below hold')
            .replaceAll('`nodes` does not hold', 'the conditions below do not hold')
            .replaceAll('`', '')}{' '}
          {effect.together.replaceAll('`', '')}
        </p>
      )}
      <div className="params">
        {effect?.params
          .filter(({ name }) => name !== 'because' && name !== 'nodes')
          .map((param) => (
            <ParamField
              key={param.name}
              param={param}
              value={params[param.name]}
              currency={words.currency}
              onChange={(value) => set(param.name, value)}
            />
          ))}
      </div>
      {effect?.params.some(({ name }) => name === 'nodes') && (
        <>
          <h3>Nodes for which</h3>
          <ConditionBuilder
            label="Which nodes"
            conditions={params['nodes']}
            words={words}
            named={named}
            scopes={effect.reads}
            known={known}
            onChange={(nodes) => set('nodes', nodes)}
          />
        </>
      )}
      <label className="field">
        <span>Because</span>
        <input
          className="input"
          value={plainText(params['because'])}
          maxLength={300}
          placeholder="Why, in plain words: explanations quote it"
          onChange={(event) => set('because', event.target.value)}
        />
      </label>
    </div>
  );
}

interface EffectMenuProps extends Pick<EffectFormProps, 'words' | 'onChange'> {
  readonly type: string;
  readonly params: Params;
}

/** Effects by what they act on. */
function EffectMenu({ type, params, words, onChange }: EffectMenuProps) {
  return (
    <label className="field">
      <span>Effect</span>
      <select
        className="select"
        value={type}
        onChange={(event) => {
          const next = words.effects.get(event.target.value);
          if (next) onChange(startEffect(next, params));
        }}
      >
        {Object.entries(SCOPES).map(([scope, label]) => (
          <optgroup key={scope} label={label}>
            {words.catalogue.effects
              .filter((one) => one.scope === scope)
              .map((one) => (
                <option key={one.type} value={one.type}>
                  {effectLabel(one.type)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

interface ParamFieldProps {
  readonly param: Effect['params'][number];
  readonly value: unknown;
  readonly currency: string;
  readonly onChange: (value: unknown) => void;
}

function ParamField({ param, value, currency, onChange }: ParamFieldProps) {
  const { name, text, required } = param;
  const isMoney = name.endsWith('Micros');
  const unit = isMoney ? currencySign(currency).trim() : /percent/i.test(name) ? '%' : '';
  const options =
    name === 'action' ? ['queue', 'cancel', 'next-strategy'] : name === 'strategy' ? STRATEGY_ORDER : null;
  return (
    <label className="field">
      <span>
        {paramLabel(text)}
        {unit && `, ${unit}`}
      </span>
      {options ? (
        <select
          className="select"
          value={plainText(value)}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        >
          {!required && <option value="">–</option>}
          {options.map((option) => (
            <option key={option} value={option}>
              {name === 'strategy' ? strategyLabel(option) : option.replaceAll('-', ' ')}
            </option>
          ))}
        </select>
      ) : (
        <span className="value-field">
          <NumberField
            label={paramLabel(text)}
            value={value}
            fact={isMoney ? { unit: 'micros' } : undefined}
            onChange={onChange}
          />
          {!required && value !== undefined && (
            <button type="button" className="button quiet small-text" onClick={() => onChange(undefined)}>
              leave out
            </button>
          )}
        </span>
      )}
    </label>
  );
}

const paramLabel = (text: string): string => text.replaceAll('`', '').replace(/, in percent$/, '');

const STARTS: Readonly<Record<string, Params>> = {
  require: { nodes: { all: [{ fact: 'node.type', operator: 'equal', value: 'dc' }] } },
  penalise: { perLineMicros: 1_000_000 },
  prefer: { nodes: { all: [{ fact: 'node.type', operator: 'equal', value: 'dc' }] }, perLineMicros: 1_000_000 },
  'sourcing-buffer': { units: 1 },
  'capacity-cap': { percent: 80 },
  'max-shipments': { shipments: 1 },
  'promise-by': { days: 3 },
  'min-part-value': { minPartValueMicros: 10_000_000 },
  'unsourced-penalty': { percent: 200 },
  'when-unsourced': { action: 'queue' },
};

/** The effect with what the one before had in common with it. */
export function startEffect(effect: Effect, before: Params): NonNullable<Policy['rules']>[number]['event'] {
  const own = effect.params.map(({ name }) => name);
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => own.includes(name)));
  const params = { because: '', ...STARTS[effect.type], ...kept };
  return { type: effect.type, params } as NonNullable<Policy['rules']>[number]['event'];
}
