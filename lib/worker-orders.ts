/** What operators order of workers. */

export const ENGINE_ORDERS = ['kill', 'recycle'] as const

export type EngineOrderAction = (typeof ENGINE_ORDERS)[number]

/** An order for one process of LibreOffice, by its name in the worker's report. */
export interface EngineOrder {
  engine: string
  action: EngineOrderAction
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
