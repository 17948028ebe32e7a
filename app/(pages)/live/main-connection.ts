/**
 * The connection of the main page. It is open before there is anything to list, so that its mark is true and jobs of
 * another tab appear; the store of jobs, whose code comes later, takes it over. Independent of React.
 */
import type { Connection } from './connection.ts'
import type { JobListener, LinkState } from './job-listener.ts'

/** What a store needs of a connection. */
export type StoreConnection = Pick<Connection, 'follow' | 'followBatch' | 'close'>

export interface MainConnectionOptions {
  /** Its code may still have to come. */
  open(listener: JobListener): Promise<StoreConnection>
  /** There are jobs, and no store takes them. */
  onFirstJobs(): void
}

export class MainConnection {
  readonly #options: MainConnectionOptions
  readonly #marks = new Set<() => void>()
  #opening: Promise<StoreConnection> | undefined
  /** Set once it is open. What a store asks for before that, it is asked for when it opens. */
  #connection: StoreConnection | undefined
  #store: JobListener | undefined
  /** What came before the store. */
  #missed: ((store: JobListener) => void)[] = []
  #link: LinkState = { state: 'connecting' }

  constructor(options: MainConnectionOptions) {
    this.#options = options
  }

  link = (): LinkState => this.#link

  /** The connection opens with the first listener for its state and closes with the last. */
  subscribe = (mark: () => void): (() => void) => {
    this.#marks.add(mark)
    this.#opening ??= this.#open()
    return () => {
      this.#marks.delete(mark)
      if (this.#marks.size > 0) return
      void this.#opening?.then(connection => connection.close())
      this.#opening = undefined
      this.#connection = undefined
      this.#missed = []
    }
  }

  #open(): Promise<StoreConnection> {
    const opening = this.#options.open(this.#listener())
    void opening.then(connection => {
      if (this.#opening === opening) this.#connection = connection
    })
    return opening
  }

  /** From now on this store hears of all changes, and of those that came before it; closed, it hears of none. */
  takeOver = (store: JobListener): StoreConnection => {
    this.#store = store
    store.onLink(this.#link)
    const missed = this.#missed.splice(0)
    // The store may follow what it hears of only when it has its connection.
    queueMicrotask(() => {
      for (const change of missed) change(store)
    })
    return {
      follow: jobIds => this.#connection?.follow(jobIds),
      followBatch: batchId => this.#connection?.followBatch(batchId),
      close: () => {
        this.#store = undefined
      },
    }
  }

  /** Ticks and positions are not kept: the next ones follow. */
  #listener(): JobListener {
    return {
      onJobs: jobs => {
        if (!this.#store && jobs.length > 0) this.#options.onFirstJobs()
        this.#pass(store => store.onJobs(jobs))
      },
      onProgress: tick => this.#store?.onProgress(tick),
      onMoved: moved => this.#store?.onMoved(moved),
      onGone: id => this.#pass(store => store.onGone(id)),
      onBatch: batch => this.#pass(store => store.onBatch(batch)),
      onLink: link => this.#linked(link),
      unfinished: () => this.#store?.unfinished() ?? [],
      batches: () => this.#store?.batches() ?? [],
    }
  }

  #pass(change: (store: JobListener) => void): void {
    if (this.#store) change(this.#store)
    else this.#missed.push(change)
  }

  #linked(link: LinkState): void {
    this.#link = link
    this.#store?.onLink(link)
    for (const mark of this.#marks) mark()
  }
}
