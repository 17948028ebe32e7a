import { randomUUID } from 'node:crypto'
import type { Backend } from '#lib/backend.ts'
import { isScheduleName } from '#lib/maintenance/schedules.ts'
import { bodyOf } from '#lib/maintenance/sweep-message.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { ENGINE_ORDERS } from '#lib/worker-orders.ts'
import { type ActionCall, type AdminAction, mountAction } from './admin-actions.ts'
import type { Api, ApiContext } from './context.ts'
import { invalidRequest } from './invalid-request.ts'

type Sources = Pick<Backend, 'jobs' | 'maintenanceQueue'>

/** What operators do to the queue, to workers and to schedules. */
export function mountOperations(api: Api, context: ApiContext): void {
  const actions = [...queueActions(context), ...workerActions(context), runSchedule(context)]
  for (const action of actions) mountAction(api, context, action)
}

function queueActions({ jobs }: Sources): AdminAction[] {
  return (['pause', 'resume'] as const).map(what => ({
    path: `/admin/queues/convert/${what}`,
    name: `${what}_queue`,
    about: () => ({ queue: 'convert' }),
    async act() {
      await jobs[what]()
      return {}
    },
  }))
}

function workerActions({ jobs }: Sources): AdminAction[] {
  const drains = (['drain', 'undrain'] as const).map(what => ({
    path: `/admin/workers/${what}`,
    name: `${what}_worker`,
    about: (call: ActionCall) => ({ worker: field(call, 'worker') }),
    act: async (call: ActionCall) => seen(await jobs.drain(field(call, 'worker'), what === 'drain')),
  }))
  const orders = ENGINE_ORDERS.map(action => ({
    path: `/admin/workers/${action}`,
    name: `${action}_engine`,
    about: (call: ActionCall) => ({ worker: field(call, 'worker'), engine: field(call, 'engine') }),
    act: async (call: ActionCall) =>
      seen(await jobs.order(field(call, 'worker'), { engine: field(call, 'engine'), action })),
  }))
  return [...drains, ...orders]
}

/** Its message is handled as that of the clock. */
function runSchedule({ maintenanceQueue }: Sources): AdminAction {
  return {
    path: '/admin/schedules/run',
    name: 'run_schedule',
    about: call => ({ schedule: scheduleOf(call) }),
    async act(call) {
      await maintenanceQueue.send('maintain', [
        { id: randomUUID(), body: bodyOf({ kind: scheduleOf(call) }) },
      ])
      return {}
    },
  }
}

function scheduleOf(call: ActionCall) {
  const name = field(call, 'schedule')
  if (!isScheduleName(name)) throw invalidRequest('there is no schedule of this name')
  return name
}

/** @throws AppError `invalid_request` where the form lacks it */
function field({ form }: ActionCall, name: string): string {
  const value = form.get(name)
  if (!value || value.length > 200) throw invalidRequest(`the form lacks its field “${name}”`)
  return value
}

/** @throws AppError `worker_silent` */
function seen(isSeen: boolean): Record<string, never> {
  if (!isSeen) throw new AppError('worker_silent')
  return {}
}
