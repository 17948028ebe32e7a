import { after, afterEach, before, describe } from 'node:test'
import { acknowledgingConformance } from './queue-conformance/acknowledging.ts'
import { consumersConformance } from './queue-conformance/consumers.ts'
import { maintenanceConformance } from './queue-conformance/maintenance-conformance.ts'
import { type OpenQueues, QueueSuite } from './queue-conformance/queue-suite.ts'
import { minutesConformance, schedulesConformance } from './queue-conformance/schedules-conformance.ts'
import { sendingConformance } from './queue-conformance/sending.ts'
import { webhookQueueConformance } from './queue-conformance/webhook-queue.ts'

/** What every implementation of Queue must keep. */
export function queueConformance(
  name: string,
  implementation: OpenQueues,
  /** Why it cannot run here; false where it can. */
  skip: string | false = false,
): void {
  describe(`${name} keeps the contract of Queue`, { skip }, () => {
    const suite = new QueueSuite(implementation)
    before(() => suite.open())
    afterEach(() => suite.endAll())
    after(async () => {
      await suite.close()
      await implementation.close?.()
    })
    sendingConformance(suite)
    acknowledgingConformance(suite)
    consumersConformance(suite)
    schedulesConformance(suite)
    webhookQueueConformance(suite)
    if (implementation.maintains !== 'not') maintenanceConformance(suite)
    if (implementation.waitsForMinutes ?? true) minutesConformance(suite)
  })
}
