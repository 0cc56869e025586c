// Decides what the rules say during one wave: fact values in, one bit for each rule and node out, each step of the program
// worked out only when its level changes. Knows no snapshot: whoever drives it hands the views in.
import { readerOf, type ReadView } from './fact-reader.ts';
import type {
  ItemView,
  LaneView,
  LineView,
  NodeView,
  OrderView,
  ScopeViews,
  StockView,
  TimeView,
} from './facts/fact.ts';
import { LEVEL, type LeafStep, type RuleProgram, type Step } from './program.ts';

/** A value of every node, or one for all. */
type Column =
  | { readonly read: ReadView; readonly wide: true; values: unknown[] }
  | { readonly read: ReadView; readonly wide: false; value: unknown };

/** What is kept of a sku: the results of its steps, and the values that steps of the line read. */
interface SkuResults {
  readonly bits: Uint32Array;
  readonly flags: Uint8Array;
  readonly values: readonly unknown[];
}

/** The stock rows of a sku: their nodes, and what is known of each. */
export interface StockRows {
  readonly nodes: readonly number[];
  views(): readonly StockView[];
}

/** Results of skus are forgotten beyond this many words, so that memory stays bounded. */
const MOST_SKU_WORDS = 16_000_000;

export class RuleWave {
  readonly program: RuleProgram;
  readonly words: number;
  readonly #nodes: number;
  readonly #readerOf: typeof readerOf;
  readonly #columns = new Map<string, Column>();
  /** By step, for wide steps: a bit a node. */
  readonly #bits: Uint32Array;
  /** By step, for the others. */
  readonly #flags: Uint8Array;
  readonly #stepsAt: Readonly<Record<'wave' | 'sku' | 'orderOne' | 'orderWide' | 'line', readonly number[]>>;
  readonly #skuColumns: readonly Column[];
  readonly #all: readonly number[];
  readonly #skus = new Map<string, SkuResults>();
  #skuWords = 0;
  /** By step: whether its result is that of the current order and line. Others are worked out when they are asked for. */
  readonly #settled: Uint8Array;
  #reached: readonly number[] = [];
  #lanes: readonly LaneView[] | null = null;
  #asked: readonly number[] = [];

  constructor(program: RuleProgram, time: TimeView, nodes: readonly NodeView[], reader: typeof readerOf = readerOf) {
    this.program = program;
    this.#readerOf = reader;
    this.#nodes = nodes.length;
    this.words = (nodes.length + 31) >>> 5;
    this.#bits = new Uint32Array(program.steps.length * this.words);
    this.#flags = new Uint8Array(program.steps.length);
    this.#settled = new Uint8Array(program.steps.length);
    const at = (fits: (step: Step) => boolean): number[] =>
      program.steps.flatMap((step, position) => (fits(step) ? [position] : []));
    this.#stepsAt = {
      wave: at(({ level }) => level === LEVEL.wave),
      sku: at(({ level }) => level === LEVEL.sku),
      orderOne: at(({ level, wide }) => level === LEVEL.order && !wide),
      orderWide: at(({ level, wide }) => level === LEVEL.order && wide),
      line: at(({ level }) => level === LEVEL.line),
    };
    this.#all = nodes.map((_, node) => node);
    this.#prepareColumns();
    this.#skuColumns = this.#columnsOfLineSteps();
    this.#fillOne('time', time);
    this.#fillWide('node', this.#all, nodes);
    this.#run(this.#stepsAt.wave, this.#all);
  }

  /** Settles what reads the order alone; until lanes are laid in, only rules on orders may be asked. */
  startOrder(view: OrderView): void {
    this.#fillOne('order', view);
    this.#run(this.#stepsAt.orderOne, this.#all);
  }

  /** Lays in the order's lanes, for the nodes that reach its destination. */
  setLanes(nodes: readonly number[], views: readonly LaneView[]): void {
    this.#reached = nodes;
    this.#lanes = views;
    for (const step of this.#stepsAt.orderWide) this.#settled[step] = 0;
  }

  /** Lays in one line; `stock` are all rows of its sku, `asked` the nodes whose answer is wanted. */
  setLine(view: LineView, stock: StockRows, asked: readonly number[]): void {
    this.#asked = asked;
    this.#setSku({ sku: view.line.sku, item: view.item }, stock);
    this.#fillOne('line', view);
    for (const step of this.#stepsAt.line) this.#settled[step] = 0;
  }

  /** Whether a rule strikes the current line at a node, or the current order. */
  strikes(rule: number, node: number): boolean {
    return this.struck(rule, node >>> 5, 1 << (node & 31)) !== 0;
  }

  /** A word of the nodes that a rule strikes, among those in `mask`. */
  struck(rule: number, word: number, mask: number): number {
    const step = this.program.roots[rule]!;
    if (this.#settled[step] === 0) this.#settle(step);
    if (!this.program.steps[step]!.wide) return this.#flags[step] === 1 ? mask : 0;
    return this.#bits[step * this.words + word]! & mask;
  }

  /** Works a step out, and of its inputs those that matter. */
  #settle(position: number): void {
    const step = this.program.steps[position]!;
    const nodes = step.level === LEVEL.order ? this.#reached : this.#asked;
    if (step.kind === 'leaf') {
      if (this.#lanes && step.wide) this.#fillLanes(step.leaf!);
      this.#runLeaf(step, position, nodes);
    } else if (step.kind === 'not') {
      const input = step.inputs[0]!;
      if (this.#settled[input] === 0) this.#settle(input);
      this.#runNot(step, position);
    } else this.#runGroup(step, position);
    this.#settled[position] = 1;
  }

  /** Lanes are looked at when the first rule asks for one of their facts. */
  #fillLanes({ fact, other }: LeafStep): void {
    if (!fact.startsWith('lane.') && !other?.startsWith('lane.')) return;
    this.#fillWide('lane', this.#reached, this.#lanes!);
    this.#lanes = null;
  }

  /** Columns of items and stock that steps of the line read: they change with the sku. */
  #columnsOfLineSteps(): Column[] {
    const { steps, facts } = this.program;
    const read = new Set(
      this.#stepsAt.line.flatMap((step) => {
        const { leaf } = steps[step]!;
        return leaf ? [leaf.fact, leaf.other] : [];
      }),
    );
    return [...facts.item, ...facts.stock].filter((name) => read.has(name)).map((name) => this.#columns.get(name)!);
  }

  #prepareColumns(): void {
    for (const [scope, names] of Object.entries(this.program.facts)) {
      const wide = scope === 'node' || scope === 'lane' || scope === 'stock';
      for (const name of names) {
        const read = this.#readerOf(name);
        this.#columns.set(
          name,
          wide ? { read, wide, values: Array.from({ length: this.#nodes }) } : { read, wide, value: undefined },
        );
      }
    }
  }

  #fillOne<S extends 'time' | 'order' | 'line' | 'item'>(scope: S, view: ScopeViews[S]): void {
    for (const name of this.program.facts[scope]) {
      const column = this.#columns.get(name)!;
      if (!column.wide) column.value = column.read(view);
    }
  }

  #fillWide<S extends 'node' | 'lane' | 'stock'>(
    scope: S,
    nodes: readonly number[],
    views: readonly ScopeViews[S][],
  ): void {
    for (const name of this.program.facts[scope]) {
      const column = this.#columns.get(name)!;
      if (!column.wide) continue;
      for (let index = 0; index < nodes.length; index++) {
        column.values[nodes[index]!] = column.read(views[index]);
      }
    }
  }

  /** A sku's results are the same all wave: worked out once and laid in, with the values that steps of the line read. */
  #setSku(view: ItemView, stock: StockRows): void {
    const known = this.#skus.get(view.sku);
    if (known) this.#restore(known);
    else if (this.#stepsAt.sku.length > 0 || this.#skuColumns.length > 0) {
      for (const column of this.#skuColumns) if (column.wide) column.values = column.values.slice();
      this.#fillOne('item', view);
      if (this.program.facts.stock.length > 0) this.#fillWide('stock', stock.nodes, stock.views());
      this.#run(this.#stepsAt.sku, stock.nodes);
      this.#keep(view.sku);
    }
  }

  #keep(sku: string): void {
    const steps = this.#stepsAt.sku;
    const size = steps.length * this.words + this.#skuColumns.length * this.#nodes;
    this.#skuWords += size;
    if (this.#skuWords > MOST_SKU_WORDS) {
      this.#skus.clear();
      this.#skuWords = size;
    }
    const bits = new Uint32Array(steps.length * this.words);
    const flags = new Uint8Array(steps.length);
    for (const [index, step] of steps.entries()) {
      bits.set(this.#bits.subarray(step * this.words, (step + 1) * this.words), index * this.words);
      flags[index] = this.#flags[step]!;
    }
    const values = this.#skuColumns.map((column) => (column.wide ? column.values : column.value));
    this.#skus.set(sku, { bits, flags, values });
  }

  #restore({ bits, flags, values }: SkuResults): void {
    const { words } = this;
    const steps = this.#stepsAt.sku;
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index]!;
      this.#flags[step] = flags[index]!;
      for (let word = 0; word < words; word++) this.#bits[step * words + word] = bits[index * words + word]!;
    }
    for (let index = 0; index < values.length; index++) {
      const column = this.#skuColumns[index]!;
      if (column.wide) column.values = values[index] as unknown[];
      else column.value = values[index];
    }
  }

  #run(steps: readonly number[], nodes: readonly number[]): void {
    for (let index = 0; index < steps.length; index++) {
      const position = steps[index]!;
      const step = this.program.steps[position]!;
      if (step.kind === 'leaf') this.#runLeaf(step, position, nodes);
      else if (step.kind === 'not') this.#runNot(step, position);
      else this.#runGroup(step, position);
      this.#settled[position] = 1;
    }
  }

  #runLeaf({ leaf, wide }: Step, position: number, nodes: readonly number[]): void {
    const { fact, other, test, limit } = leaf!;
    const left = this.#columns.get(fact)!;
    const right = other === null ? undefined : this.#columns.get(other)!;
    if (!wide) {
      const of = (column: Column | undefined): unknown => (column && !column.wide ? column.value : undefined);
      this.#flags[position] = test(of(left), of(right)) ? 1 : 0;
      return;
    }
    const from = position * this.words;
    this.#bits.fill(0, from, from + this.words);
    if (limit !== null && left.wide) {
      this.#compareAll(left.values, leaf!, from, nodes);
      return;
    }
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index]!;
      const a = left.wide ? left.values[node] : left.value;
      const b = right && (right.wide ? right.values[node] : right.value);
      if (test(a, b)) this.#bits[from + (node >>> 5)]! |= 1 << (node & 31);
    }
  }

  /** Numbers against one limit, without a call for each; what is no number is asked as any value is. */
  #compareAll(values: readonly unknown[], { limit, test }: LeafStep, from: number, nodes: readonly number[]): void {
    const { than, below, inclusive } = limit!;
    const bits = this.#bits;
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index]!;
      const value = values[node];
      const fits =
        typeof value === 'number'
          ? (below ? value < than : value > than) || (inclusive && value === than)
          : value !== undefined && test(value, undefined);
      if (fits) bits[from + (node >>> 5)]! |= 1 << (node & 31);
    }
  }

  #runNot({ wide, inputs }: Step, position: number): void {
    const input = inputs[0]!;
    if (!wide) this.#flags[position] = 1 - this.#flags[input]!;
    else {
      const from = input * this.words;
      const to = position * this.words;
      for (let word = 0; word < this.words; word++) this.#bits[to + word] = ~this.#bits[from + word]!;
    }
  }

  /** What is one for all nodes is asked first: where it settles the group, no node is looked at. */
  #runGroup({ kind, wide, inputs }: Step, position: number): void {
    const { words } = this;
    const settling = kind === 'all' ? 0 : 1;
    const from = position * words;
    const settles = this.#anyFlag(inputs, settling);
    if (!wide) {
      this.#flags[position] = settles ? settling : 1 - settling;
      return;
    }
    const open = kind === 'all' ? 0xffffffff : 0;
    this.#bits.fill(settles ? ~open : open, from, from + words);
    if (settles) return;
    for (const input of inputs) {
      if (!this.program.steps[input]!.wide) continue;
      if (this.#settled[input] === 0) this.#settle(input);
      if (!this.#combine(kind === 'all', from, input * words)) return;
    }
  }

  #anyFlag(inputs: readonly number[], wanted: number): boolean {
    for (const input of inputs) {
      if (this.program.steps[input]!.wide) continue;
      if (this.#settled[input] === 0) this.#settle(input);
      if (this.#flags[input] === wanted) return true;
    }
    return false;
  }

  /** Lays an input's bits into a group's; says whether another input can still change them. */
  #combine(isAll: boolean, into: number, from: number): boolean {
    let open = 0;
    for (let word = 0; word < this.words; word++) {
      const input = this.#bits[from + word]!;
      const bits = isAll ? this.#bits[into + word]! & input : this.#bits[into + word]! | input;
      this.#bits[into + word] = bits;
      open |= isAll ? bits : ~bits;
    }
    return open !== 0;
  }
}
