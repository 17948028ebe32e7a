import { useEffect, useState, useSyncExternalStore } from 'react'
import { Connection } from './connection.ts'
import { JobsStore, type JobsStoreOptions, type JobsView } from './jobs-store.ts'

/** A store with the lifetime of the component, and its current view. */
export function useJobs(options: Omit<JobsStoreOptions, 'connect'>): { store: JobsStore; view: JobsView } {
  const [store] = useState(
    () => new JobsStore({ ...options, connect: listener => new Connection(options.scope, listener) }),
  )
  return { store, view: useView(store) }
}

let kept: JobsStore | undefined

/** A store that outlives the component: uploads continue while the user looks at one job. */
export function useKeptJobs(options: JobsStoreOptions): { store: JobsStore; view: JobsView } {
  const [store] = useState(() => {
    // The server renders for many users, so it must not keep a store.
    if (typeof window === 'undefined') return new JobsStore(options)
    kept ??= new JobsStore(options)
    return kept
  })
  return { store, view: useView(store) }
}

function useView(store: JobsStore): JobsView {
  return useSyncExternalStore(store.subscribe, store.view, store.view)
}

/**
 * The time in milliseconds, read again every `everyMs`. Starts with the server's time, so that server and browser
 * render the same.
 */
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
