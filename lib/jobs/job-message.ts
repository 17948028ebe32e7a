import * as z from 'zod'
import type { JobMessage } from '../jobs.ts'
import type { QueueMessage } from '../queue.ts'

const BODY = z.object({ jobId: z.uuid() })

/** Whether a message names a job. One that does not would name none either when it is delivered again. */
export function isJobMessage(message: QueueMessage): message is JobMessage {
  return BODY.safeParse(message.body).success
}

export interface MessageFields {
  /** Of the job. */
  id: string
  messageId: string
  runAt: Date | null
  turn: number
}

/** The message that a waiting job waits for. The lower the turn, the higher the priority. */
export function jobMessageOf({ id, messageId, runAt, turn }: MessageFields): JobMessage {
  return { id: messageId, body: { jobId: id }, runAt, priority: 0 - turn }
}
