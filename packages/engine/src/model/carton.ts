// Decides what a proposal of packing holds: one carton with its contents, or a unit that goes as it is.
// Leaves which unit goes into which to plan/pack-cartons.ts.

export interface Carton {
  /** Null for a unit that fits no box: it goes as it is. */
  readonly boxId: string | null;
  /** Of its contents, by the items' weights. */
  readonly weightGrams: number;
  readonly contents: readonly { readonly sku: string; readonly quantity: number }[];
}

/** Cartons of one box with the same contents; weight and contents are those of each. */
export interface CartonGroup extends Carton {
  readonly count: number;
}

/** How one shipment could be packed. What it is charged does not hang on it. */
export interface Packing {
  readonly shipmentId: string;
  readonly nodeId: string;
  /** Largest units first. */
  readonly cartons: readonly CartonGroup[];
  /** Items whose size is not known: they count by weight alone. */
  readonly unmeasured: readonly string[];
  /** Parcels that the carrier is paid for. */
  readonly parcelsCharged: number;
  readonly sentence: string;
}
