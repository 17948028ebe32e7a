import type { WorkerStatus } from '../jobs.ts'
import { type Check, passed } from '../vocabulary/check.ts'

/** Whether some worker takes jobs, and what keeps the others. */
export function workersCheck(workers: readonly WorkerStatus[]): Check {
  const [id, what] = ['workers', 'Workers']
  const able = workers.filter(({ ready }) => ready)
  const troubles = workers.flatMap(({ worker, trouble }) =>
    trouble === null ? [] : [`${worker}: ${trouble}`],
  )
  const count = `${able.length} of ${workers.length} take jobs`
  if (workers.length === 0)
    return { id, state: 'failed', what, found: 'none reports', mend: 'nightshift worker' }
  if (troubles.length === 0) return passed(id, what, count)
  const state = able.length === 0 ? 'failed' : 'warning'
  const mend = 'nightshift doctor   (on the machine of each; its log says more: DATA_DIR/logs/worker.log)'
  return { id, state, what, found: `${count}. ${troubles.join(' ')}`, mend }
}
