import { Gauge, type Registry } from 'prom-client'
import type { WorkerStatus } from '#lib/jobs.ts'
import { ENGINE_STATES } from '#lib/worker-activity.ts'

const SAME = 'As it last reported: the same in each web process.'

/** The gauges of what workers report of themselves; returns what sets them. */
export function workerGauges(registry: Registry): (workers: readonly WorkerStatus[]) => void {
  const gauges = makeGauges(registry)
  return workers => {
    for (const gauge of Object.values(gauges)) gauge.reset()
    for (const status of workers) set(gauges, status)
  }
}

type Gauges = ReturnType<typeof makeGauges>

function set(gauges: Gauges, { worker, ready, slots, sandbox, activity }: WorkerStatus): void {
  gauges.ready.set({ worker }, ready ? 1 : 0)
  gauges.slots.set({ worker }, slots)
  gauges.info.set({ worker, sandbox: sandbox ?? 'unknown', host: activity?.host ?? '' }, 1)
  if (!activity) return
  gauges.start.set({ worker }, Date.parse(activity.startedAt) / 1000)
  const { engines } = activity
  for (const state of ENGINE_STATES)
    gauges.engines.set({ worker, state }, engines.filter(engine => engine.state === state).length)
  const bytes = engines.reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), 0)
  gauges.memory.set({ worker }, bytes)
}

function makeGauges(registry: Registry) {
  const make = <Label extends string = never>(name: string, help: string, ...labels: Label[]) =>
    new Gauge<Label | 'worker'>({
      name: `nightshift_worker_${name}`,
      help: `${help} ${SAME}`,
      labelNames: ['worker', ...labels],
      registers: [registry],
    })
  return {
    ready: make(
      'ready',
      'Whether the worker takes jobs: its sandbox was tested and it has converted a document.',
    ),
    slots: make('slots', 'How many jobs the worker runs side by side.'),
    info: make('info', 'What its processes of LibreOffice run in, and on which host.', 'sandbox', 'host'),
    start: make('start_time_seconds', 'When the worker started, in seconds since 1970.'),
    engines: make('engines', 'Its processes of LibreOffice, by what they do.', 'state'),
    memory: make('engine_memory_bytes', 'The memory of its processes of LibreOffice.'),
  }
}
