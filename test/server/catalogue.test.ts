// The catalogue over HTTP is the engine's own, and fits its schema.
import { catalogue } from '@sourcewright/engine';
import { describe, expect, it } from 'vitest';
import { call } from './support/client.ts';
import { startTestServer } from './support/server.ts';

describe('GET /v1/catalogue', () => {
  it('tells facts, operators, effects and the schema of policies', async () => {
    const { url } = await startTestServer();
    expect(await call(url, 'getCatalogue')).toEqual(JSON.parse(JSON.stringify(catalogue())));
  });
});
