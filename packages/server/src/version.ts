// Decides which version the server says it is: that of its package.
import manifest from '../package.json' with { type: 'json' };

export const SERVER_VERSION: string = manifest.version;
