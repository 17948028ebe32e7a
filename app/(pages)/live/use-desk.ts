import { useEffect, useState, useSyncExternalStore } from 'react'
import { Desk, type DeskOptions, type View } from './desk.ts'

/** A desk for as long as the component is on the page, and what it shows now. */
export function useDesk(options: DeskOptions): { desk: Desk; view: View } {
  const [desk] = useState(() => new Desk(options))
  return { desk, view: useView(desk) }
}

let kept: Desk | undefined

/** A desk that outlives the component: uploads go on, and are still there, when somebody has looked at one job. */
export function useKeptDesk(options: DeskOptions): { desk: Desk; view: View } {
  const [desk] = useState(() => {
    // The server draws for many people: there nothing is kept.
    if (typeof window === 'undefined') return new Desk(options)
    kept ??= new Desk(options)
    return kept
  })
  return { desk, view: useView(desk) }
}

function useView(desk: Desk): View {
  return useSyncExternalStore(desk.subscribe, desk.view, desk.view)
}

/** The time in milliseconds, read again every `everyMs`. Starts with the server's, so that both draw the same. */
export function useNow(first: number, everyMs: number): number {
  const [now, setNow] = useState(first)
  useEffect(() => {
    const read = () => setNow(Date.now())
    read()
    const timer = setInterval(read, everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
