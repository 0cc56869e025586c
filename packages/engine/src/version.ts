// Decides the engine's version as it stands in every basis.

/** Raised whenever the same input may give another plan. */
export const ENGINE_VERSION = '0.1.0';
