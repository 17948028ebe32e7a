import * as z from 'zod'
import { asciiJsonOf } from '../ascii-json.ts'
import type { QueueMessage } from '../queue.ts'

const MESSAGE = z.object({
  id: z.uuid(),
  body: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  runAt: z.coerce.date().optional(),
  group: z.string().optional(),
})

/** A message as a text for brokers. */
export function messageTextOf({ id, body, runAt, group }: QueueMessage): string {
  return asciiJsonOf({ id, body, runAt: runAt ?? undefined, group })
}

/** The message of such a text; undefined where it is none. */
export function readMessageText(text: string): QueueMessage | undefined {
  try {
    return MESSAGE.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
