// Decides how the engine's explanation of one order is described on the wire.
import {
  type AppliedRule,
  type CascadeStep,
  type Change,
  CHANGE_KINDS,
  type Counterfactual,
  EFFECT_TYPES,
  type Choice,
  type Evidence,
  type Explanation,
  type ExplanationDiff,
  type KeptStock,
  type LastUnit,
  type LeftOut,
  type LineExplanation,
  type NotLookedFor,
  type OrderRunnerUp,
  type Packing,
  REJECTION_CODES,
  type Rejection,
  type SplitPart,
  type StockClaims,
  SPLIT_CAUSES,
  STATEMENT_KINDS,
  STRATEGY_OUTCOMES,
  UNSOURCED_REASONS,
} from '@sourcewright/engine';
import { z } from 'zod';
import { costBreakdownSchema, proofSchema } from './plan-schema.ts';

const count = z.int().min(0);

const choice = {
  nodeId: z.string(),
  service: z.string(),
  shipOn: z.string(),
  deliverOn: z.string(),
  quantity: count,
};
const choiceSchema: z.ZodType<Choice> = z.strictObject(choice);

const evidenceSchema: z.ZodType<Evidence> = z
  .strictObject({
    fact: z.string(),
    operator: z.string(),
    expected: z.unknown(),
    actual: z.unknown(),
    holds: z.boolean(),
  })
  .meta({ id: 'Evidence', description: 'One condition of a rule as it was found.' });

const lastUnitSchema: z.ZodType<LastUnit> = z
  .strictObject({
    orderId: z.string(),
    quantity: count,
    takenUnits: count.meta({ description: 'Taken there by all other orders that had to be left alone.' }),
    otherwiseMicros: z.int().nullable(),
    priceMicros: z.number().min(0).exactOptional(),
    sentence: z.string(),
  })
  .meta({ id: 'LastUnit', description: 'Who got what a node lacks of an item, and what it was worth there.' });

const stockClaimsSchema: z.ZodType<StockClaims> = z
  .strictObject({
    onHand: z.int(),
    dueUnits: count.meta({ description: 'Receipts by the last day on which the node could ship the order.' }),
    committedUnits: count.meta({ description: 'Allocated or reserved before the plan.' }),
    bufferUnits: count.meta({ description: 'Withheld from sourcing, by the stock level or by a rule.' }),
    takenUnits: count.meta({ description: 'Taken by other orders of the plan that had to be left alone.' }),
  })
  .meta({ id: 'StockClaims', description: 'Units of an item at a node and who has a claim on them.' });

const rejectionSchema: z.ZodType<Rejection> = z
  .strictObject({
    id: z.string(),
    nodeId: z.string(),
    code: z.enum(REJECTION_CODES),
    rule: z.string().exactOptional(),
    because: z.string().exactOptional(),
    evidence: z.array(evidenceSchema).exactOptional(),
    wanted: count.exactOptional(),
    available: count.exactOptional(),
    stock: stockClaimsSchema.exactOptional(),
    lastUnit: lastUnitSchema.exactOptional(),
    marginMicros: z.int().exactOptional(),
    units: count.exactOptional().meta({ description: 'What it could give, where that is not all that is wanted.' }),
    insteadOf: z.string().exactOptional().meta({
      description:
        'The chosen node that gives as much and would not then; left out where it is of what stays unsourced.',
    }),
    sentence: z.string(),
  })
  .meta({ id: 'Rejection', description: 'Why a node did not supply a line.' });

const splitPartSchema: z.ZodType<SplitPart> = z
  .strictObject({
    nodeId: z.string(),
    shipOn: z.string(),
    unsourcedUnits: z.int().min(0).meta({ description: 'Units that no other shipment of the order could take along.' }),
    savedMicros: z.int().meta({ description: 'What sending would cost less; below 0 where it would cost more.' }),
    unsourcedMicros: z.int().min(0).meta({ description: 'Charged for leaving the units out.' }),
    isPossible: z.boolean().meta({ description: 'Whether the order may go out like that.' }),
    sentence: z.string(),
  })
  .meta({ id: 'SplitPart', description: 'How a split order would stand without one of its shipments.' });

const appliedRuleSchema: z.ZodType<AppliedRule> = z
  .strictObject({
    id: z.string(),
    rule: z.string(),
    effect: z.enum(EFFECT_TYPES),
    because: z.string(),
    nodeId: z.string().nullable(),
    lineId: z.string().nullable(),
    chargedMicros: z.int().min(0).exactOptional().meta({ description: 'For the line, and others of its item, there.' }),
    evidence: z.array(evidenceSchema),
    sentence: z.string(),
  })
  .meta({ id: 'AppliedRule', description: 'A rule that set the order’s terms, or charged what was chosen.' });

const cascadeStepSchema: z.ZodType<CascadeStep> = z
  .strictObject({
    strategy: z.string(),
    outcome: z.enum(STRATEGY_OUTCOMES),
    evidence: z.array(evidenceSchema),
    sentence: z.string(),
  })
  .meta({ id: 'CascadeStep', description: 'What one strategy of a cascade did for the order.' });

const keptStockSchema: z.ZodType<KeptStock> = z
  .strictObject({
    nodeId: z.string(),
    unitsBefore: z.int(),
    bufferUnits: count.exactOptional().meta({ description: 'Of what it then has, units that sourcing has to leave.' }),
    unitsAfter: z.int(),
    demandPerDay: z.number().min(0),
    weeksBefore: z.number().min(0),
    weeksAfter: z.number().min(0),
    runOut: z
      .strictObject({
        days: count,
        meanUnits: z.number().min(0),
        chanceBefore: z.number().min(0).max(1),
        chanceAfter: z.number().min(0).max(1),
        marginMicros: z.int().min(0),
      })
      .exactOptional(),
    sentence: z.string(),
  })
  .meta({
    id: 'KeptStock',
    description: 'What a choice leaves to a node that sells the item to customers of its own.',
  });

const leftOutSchema: z.ZodType<LeftOut> = z
  .strictObject({
    nowhereUnits: z.int().min(0).meta({ description: 'No node that may send them has them.' }),
    noRoomUnits: z.int().min(0).meta({ description: 'Nodes have them and can take no more work in time.' }),
    sendableUnits: z.int().min(0).meta({ description: 'Nodes have them and the room.' }),
    way: z
      .strictObject({
        nodeId: z.string(),
        shipOn: z.string(),
        units: count,
        addedMicros: z.int().meta({ description: 'What the order would cost more for sending.' }),
        chargedMicros: z.int().min(0).meta({ description: 'Charged for leaving them, and what goes with them, out.' }),
      })
      .exactOptional()
      .meta({ description: 'The cheapest way to send some or all of the units that could be sent.' }),
  })
  .meta({ id: 'LeftOut', description: 'How the units that an order leaves out stand on what the other orders leave.' });

const lineExplanationSchema: z.ZodType<LineExplanation> = z
  .strictObject({
    id: z.string(),
    lineId: z.string(),
    sku: z.string(),
    quantity: count,
    chosen: z.array(choiceSchema),
    runnerUp: z.strictObject({ ...choice, marginMicros: z.int(), margin: costBreakdownSchema }).nullable(),
    unsourced: z
      .strictObject({
        quantity: count,
        reason: z.enum(UNSOURCED_REASONS),
        left: leftOutSchema.exactOptional(),
        sentence: z.string(),
      })
      .nullable(),
    rejections: z.array(rejectionSchema),
    kept: z.array(keptStockSchema).exactOptional(),
    sentence: z.string(),
  })
  .meta({ id: 'LineExplanation' });

const amount = z.union([z.number(), z.string()]);

export const changeSchema: z.ZodType<Change> = z
  .strictObject({
    kind: z.enum(CHANGE_KINDS),
    nodeId: z.string().exactOptional(),
    sku: z.string().exactOptional(),
    rateCardId: z.string().exactOptional(),
    zone: z.string().exactOptional(),
    rule: z.string().exactOptional(),
    limit: z.enum(['shipmentsPerDay', 'unitsPerDay']).exactOptional(),
    from: amount.exactOptional(),
    to: amount.exactOptional(),
  })
  .meta({ id: 'Change', description: 'A single change to what the order met.' });

const counterfactualSchema: z.ZodType<Counterfactual> = z
  .strictObject({
    id: z.string(),
    lineId: z.string(),
    lineIds: z.array(z.string()).meta({ description: 'All lines that it makes be supplied in the same way.' }),
    change: changeSchema,
    justLess: amount.nullable(),
    becomes: z.strictObject({ nodeIds: z.array(z.string()), unsourced: count }),
    costMicros: z.int(),
    sentence: z.string(),
  })
  .meta({
    id: 'Counterfactual',
    description: 'The smallest change of its kind that makes a line be supplied otherwise.',
  });

const orderRunnerUpSchema: z.ZodType<OrderRunnerUp> = z
  .strictObject({
    sentence: z.string(),
    lineIds: z.array(z.string()).meta({ description: 'Lines that move.' }),
    shipments: z.array(choiceSchema),
    cost: costBreakdownSchema,
    margin: costBreakdownSchema,
  })
  .meta({ id: 'OrderRunnerUp', description: 'The cheapest other plan for the order.' });

const notLookedForSchema: z.ZodType<NotLookedFor> = z
  .strictObject({
    splitRules: z
      .boolean()
      .meta({ description: 'Not every rule was asked whether it stands in the way of fewer shipments.' }),
    lineIds: z.array(z.string()).meta({ description: 'Lines that a change may flip that was not tried.' }),
    nothingTried: z.boolean().meta({ description: 'For these lines no change was tried at all.' }),
    sentence: z.string(),
  })
  .meta({ id: 'NotLookedFor', description: 'What was not looked for because of the work it takes.' });

const packingSchema: z.ZodType<Packing> = z
  .strictObject({
    shipmentId: z.string(),
    nodeId: z.string(),
    cartons: z.array(
      z.strictObject({
        boxId: z.string().nullable(),
        weightGrams: z.number().min(0),
        contents: z.array(z.strictObject({ sku: z.string(), quantity: count })),
        count,
      }),
    ),
    unmeasured: z.array(z.string()),
    parcelsCharged: count,
    sentence: z.string(),
  })
  .meta({ id: 'Packing', description: 'How one shipment could be packed. What it is charged does not hang on it.' });

export const explanationSchema: z.ZodType<Explanation> = z
  .strictObject({
    orderId: z.string(),
    summary: z.array(z.string()),
    split: z
      .strictObject({
        cause: z.enum(SPLIT_CAUSES),
        unavoidable: z.boolean(),
        singleShipmentMarginMicros: z.int().nullable(),
        margin: costBreakdownSchema.nullable(),
        rule: z.string().exactOptional(),
        recoverableMicros: z.int().min(0),
        parts: z.array(splitPartSchema).exactOptional(),
        sentence: z.string(),
      })
      .nullable(),
    runnerUp: orderRunnerUpSchema.nullable(),
    rules: z.array(appliedRuleSchema),
    cascade: z.array(cascadeStepSchema).exactOptional(),
    lines: z.array(lineExplanationSchema),
    packing: z.array(packingSchema).exactOptional(),
    counterfactuals: z.array(counterfactualSchema).exactOptional(),
    notLookedFor: notLookedForSchema.exactOptional(),
    cost: costBreakdownSchema,
    proof: proofSchema,
  })
  .meta({ id: 'Explanation' });

export const explanationDiffSchema: z.ZodType<ExplanationDiff> = z
  .strictObject({
    orderId: z.string(),
    moved: z.array(z.strictObject({ lineId: z.string(), from: z.array(z.string()), to: z.array(z.string()) })),
    cost: costBreakdownSchema,
    changes: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(STATEMENT_KINDS).meta({ description: 'What the statement is about.' }),
        lineId: z.string().exactOptional().meta({ description: 'The line that it is about, where it is about one.' }),
        sku: z.string().exactOptional().meta({ description: 'The item that it is about, where it is about one.' }),
        nodeId: z.string().exactOptional().meta({ description: 'The node that it is about, where it is about one.' }),
        rule: z
          .string()
          .exactOptional()
          .meta({ description: 'The rule, or the strategy of a cascade, that it is about.' }),
        before: z.string().nullable(),
        after: z.string().nullable(),
        sameReason: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ExplanationDiff', description: 'What is other between two explanations of one order.' });
