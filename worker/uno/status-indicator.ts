import type { Bridge } from './bridge.ts'
import type { Caller } from './caller.ts'
import type { ExportedObject } from './exported-objects.ts'
import { type Method, STATUS_INDICATOR, statusIndicator } from './methods.ts'
import { any, type UnoAny, type UnoValue } from './values.ts'

/** LibreOffice's calls on the status bar. `value` counts towards the `range` of the last `start`. */
export type IndicatorEvent =
  | { readonly kind: 'start'; readonly text: string; readonly range: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' }

export type IndicatorListener = (event: IndicatorEvent) => void

/** How many pages an export has printed, of how many. */
export interface PrintedSoFar {
  done: number
  total: number
}

/** Runs after each page of an export as PDF, before LibreOffice goes on; `waiting` calls on its waiting thread. */
export type BetweenPages = (pages: PrintedSoFar, waiting: Caller) => Promise<void> | undefined

export interface IndicatorListeners {
  onProgress?: IndicatorListener | undefined
  betweenPages?: BetweenPages | undefined
}

const METHODS: ReadonlyMap<number, Method> = new Map<number, Method>(
  Object.values(statusIndicator).map(method => [method.functionId, method]),
)

/**
 * A status bar for LibreOffice that passes its calls to `listener`, after LibreOffice continues. A listener that throws
 * ends the connection.
 */
export function statusIndicatorFor(listener: IndicatorListener, betweenPages?: BetweenPages): ExportedObject {
  let total = 0
  return {
    interfaceName: STATUS_INDICATOR,
    methods: METHODS,
    beforeReply: (functionId, values, waiting) => {
      const event = eventOf(functionId, values)
      if (event.kind === 'start') total = event.range
      // The first value is 0, after the first page.
      return event.kind === 'value' ? betweenPages?.({ done: event.value + 1, total }, waiting) : undefined
    },
    invoke: (functionId, values) => {
      listener(eventOf(functionId, values))
    },
  }
}

function eventOf(functionId: number, [first, second]: readonly UnoValue[]): IndicatorEvent {
  switch (functionId) {
    case statusIndicator.start.functionId:
      return { kind: 'start', text: String(first), range: Number(second) }
    case statusIndicator.setText.functionId:
      return { kind: 'text', text: String(first) }
    case statusIndicator.setValue.functionId:
      return { kind: 'value', value: Number(first) }
    case statusIndicator.end.functionId:
      return { kind: 'end' }
    default:
      return { kind: 'reset' }
  }
}

/** Exports a status indicator to LibreOffice for the time of one call; undefined without a listener. */
export async function withIndicator<T>(
  bridge: Bridge,
  { onProgress, betweenPages }: IndicatorListeners,
  run: (indicator: UnoAny | undefined) => Promise<T>,
): Promise<T> {
  if (!onProgress) return run(undefined)
  const reference = bridge.exportObject(statusIndicatorFor(onProgress, betweenPages))
  try {
    return await run(any(STATUS_INDICATOR, reference))
  } finally {
    bridge.unexport(reference)
  }
}
