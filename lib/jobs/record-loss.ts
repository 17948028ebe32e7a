import type { KeptResult } from '../jobs.ts'
import { announce } from './announce.ts'
import type { JobPorts } from './ports.ts'

/** @see Jobs.recordLoss */
export async function recordLoss(ports: JobPorts, kept: KeptResult): Promise<void> {
  await announce(ports, await ports.store.recordLossIfKept(kept))
}
