// Decides what a scenario looks like whose every amount is multiplied by the weight of its term.
// Shares nothing with the engine's weights, so that one can be held against the other.
import type { CostTerm, Scenario } from '@sourcewright/engine';

export type Weights = Readonly<Record<CostTerm, number>>;

export function reweighed(scenario: Scenario, weights: Weights): Scenario {
  const { snapshot, policy } = scenario;
  const { goals, rules } = policy;
  return {
    ...scenario,
    snapshot: {
      ...snapshot,
      nodes: snapshot.nodes.map((node) => ({
        ...node,
        ...(node.handling
          ? {
              handling: {
                perShipmentMicros: weights.handling * (node.handling.perShipmentMicros ?? 0),
                perLineMicros: weights.handling * (node.handling.perLineMicros ?? 0),
                perUnitMicros: weights.handling * (node.handling.perUnitMicros ?? 0),
              },
            }
          : {}),
      })),
      rateCards: snapshot.rateCards.map((card) => ({
        ...card,
        zones: card.zones.map((zone) => ({
          ...zone,
          bands: zone.bands.map((band) => ({
            ...band,
            fixedMicros: weights.shipping * band.fixedMicros,
            perKgMicros: weights.shipping * band.perKgMicros,
            ...(band.minimumMicros === undefined ? {} : { minimumMicros: weights.shipping * band.minimumMicros }),
          })),
        })),
      })),
    },
    policy: {
      ...policy,
      goals: {
        ...goals,
        splitMicros: weights.split * goals.splitMicros,
        latenessPerDayMicros: weights.lateness * goals.latenessPerDayMicros,
        speedPerDayMicros: weights.speed * (goals.speedPerDayMicros ?? 0),
        unsourced: {
          perUnitMicros: weights.unsourced * goals.unsourced.perUnitMicros,
          valuePercent: weights.unsourced * goals.unsourced.valuePercent,
        },
      },
      rules: (rules ?? []).map((rule) =>
        rule.event.type === 'penalise'
          ? {
              ...rule,
              event: {
                ...rule.event,
                params: { ...rule.event.params, perLineMicros: weights.preference * rule.event.params.perLineMicros },
              },
            }
          : rule,
      ),
    },
  };
}
