/**
 * The connection of the main page. It is open before there is anything to list, so that its mark is true and jobs of
 * another tab appear; the store of jobs, whose code comes later, takes it over. Independent of React.
 */
import type { Connection } from './connection.ts'
import type { JobListener, LinkState } from './job-listener.ts'

/** What a store needs of a connection. */
export type StoreConnection = Pick<Connection, 'follow' | 'followBatch' | 'close'>

type OpenConnection = StoreConnection & Pick<Connection, 'refresh'>

export interface MainConnectionOptions {
  open(listener: JobListener): OpenConnection
  /** There are jobs, and no store takes them. */
  onFirstJobs(): void
}

export class MainConnection {
  readonly #options: MainConnectionOptions
  readonly #marks = new Set<() => void>()
  #connection: OpenConnection | undefined
  #store: JobListener | undefined
  #link: LinkState = { state: 'connecting' }

  constructor(options: MainConnectionOptions) {
    this.#options = options
  }

  link = (): LinkState => this.#link

  /** The connection opens with the first listener for its state and closes with the last. */
  subscribe = (mark: () => void): (() => void) => {
    this.#marks.add(mark)
    this.#connection ??= this.#options.open(this.#listener())
    return () => {
      this.#marks.delete(mark)
      if (this.#marks.size > 0) return
      this.#connection?.close()
      this.#connection = undefined
    }
  }

  /** From now on this store hears of all changes, and first of all jobs; closed, it hears of none. */
  takeOver = (store: JobListener): StoreConnection => {
    this.#store = store
    store.onLink(this.#link)
    this.#connection?.refresh()
    return {
      follow: jobIds => this.#connection?.follow(jobIds),
      followBatch: batchId => this.#connection?.followBatch(batchId),
      close: () => {
        this.#store = undefined
      },
    }
  }

  #listener(): JobListener {
    return {
      onJobs: jobs => {
        if (this.#store) this.#store.onJobs(jobs)
        else if (jobs.length > 0) this.#options.onFirstJobs()
      },
      onProgress: tick => this.#store?.onProgress(tick),
      onMoved: moved => this.#store?.onMoved(moved),
      onGone: id => this.#store?.onGone(id),
      onBatch: batch => this.#store?.onBatch(batch),
      onLink: link => this.#linked(link),
      unfinished: () => this.#store?.unfinished() ?? [],
      batches: () => this.#store?.batches() ?? [],
    }
  }

  #linked(link: LinkState): void {
    this.#link = link
    this.#store?.onLink(link)
    for (const mark of this.#marks) mark()
  }
}
