/** What operators order of workers. */

export const ENGINE_ACTIONS = ['kill', 'recycle'] as const

export type EngineAction = (typeof ENGINE_ACTIONS)[number]

/** An order for one process of LibreOffice, by its name in the worker's report. */
export interface EngineOrder {
  engine: string
  action: EngineAction
}

export interface WorkerOrders {
  /** Whether no worker may start a job. */
  isPaused: boolean
  /** Whether this worker may start none. */
  isDrained: boolean
  /** Each is told once. */
  engines: EngineOrder[]
}

/** So many orders may wait for one worker, which takes them within two seconds. */
export const MOST_ENGINE_ORDERS = 50
