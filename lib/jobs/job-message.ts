import { z } from 'zod'
import type { JobMessage } from '../jobs.ts'
import type { QueueMessage } from '../queue.ts'

const BODY = z.object({ jobId: z.uuid() })

/** Whether a message names a job. One that does not would name none either when it is delivered again. */
export function isJobMessage(message: QueueMessage): message is JobMessage {
  return BODY.safeParse(message.body).success
}
