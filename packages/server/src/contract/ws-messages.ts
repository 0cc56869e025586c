// Decides the messages of the WebSocket at /v1/ws: a client subscribes to a topic, the server tells it what changed.
import { z } from 'zod';
import { runSchema } from './run-wire.ts';

export const WS_PATH = '/v1/ws';
export const WS_TOPICS = ['runs'] as const;
export type WsTopic = (typeof WS_TOPICS)[number];

const topic = z.enum(WS_TOPICS);

export const wsClientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('subscribe'), topic }),
  z.strictObject({ type: z.literal('unsubscribe'), topic }),
]);

export const wsServerMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('subscribed'), topic }),
  z.strictObject({ type: z.literal('unsubscribed'), topic }),
  /** On every change of status or progress; progress at most five times a second. */
  z.strictObject({ type: z.literal('run'), run: runSchema }),
  /** A run is gone. */
  z.strictObject({ type: z.literal('run-deleted'), runId: z.string() }),
  z.strictObject({ type: z.literal('error'), message: z.string() }),
]);

export type WsClientMessage = z.infer<typeof wsClientMessageSchema>;
export type WsServerMessage = z.infer<typeof wsServerMessageSchema>;
