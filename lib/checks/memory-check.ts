import { totalmem } from 'node:os'
import type { Config } from '../config.ts'
import type { Check } from '../vocabulary/check.ts'

/** What web process, worker and an embedded database take together, in bytes. */
const BESIDE_BYTES = 700_000_000

/** Whether the memory of this machine, or of its container, is enough for all engines at their limit. */
export function memoryCheck({
  slots,
  engineMaxRssBytes,
}: Pick<Config, 'slots' | 'engineMaxRssBytes'>): Check {
  const limit = process.constrainedMemory()
  const total = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  const needed = slots * engineMaxRssBytes + BESIDE_BYTES
  const fitting = Math.max(1, Math.floor((total - BESIDE_BYTES) / engineMaxRssBytes))
  const isEnough = total >= needed
  return {
    id: 'memory',
    state: isEnough ? 'ok' : 'warning',
    what: 'Memory',
    found: `${(total / 1e9).toFixed(1)}\u00a0GB; ${slots} jobs side by side may take ${(needed / 1e9).toFixed(1)}\u00a0GB`,
    mend: isEnough ? null : `SLOTS=${fitting}`,
  }
}
