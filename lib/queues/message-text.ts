import { z } from 'zod'
import type { QueueMessage } from '../queue.ts'

const MESSAGE = z.object({
  id: z.uuid(),
  body: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  runAt: z.coerce.date().optional(),
  group: z.string().optional(),
})

/**
 * A message as a text for brokers: JSON in ASCII without line ends, which XML changes, and without
 * what XML would escape or forbid.
 */
export function messageTextOf({ id, body, runAt, group }: QueueMessage): string {
  const json = JSON.stringify({ id, body, runAt: runAt ?? undefined, group })
  return json.replace(/[^ -~]|[<>&]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The message of such a text; undefined where it is none. */
export function readMessageText(text: string): QueueMessage | undefined {
  try {
    return MESSAGE.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
