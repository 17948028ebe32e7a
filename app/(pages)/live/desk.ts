/** What one open page knows and does: its rows, its uploads and its connection. Knows nothing of React. */
import type { JobError } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import type { ConversionSettings } from '../settings/conversion-settings.ts'
import { call } from './call.ts'
import { Connection, type Scope } from './connection.ts'
import type { Hearing, Link } from './hearing.ts'
import { isOver, milestones } from './milestones.ts'
import { Outbox } from './outbox.ts'
import { type Change, changed, jobRow, type Row, type Rows } from './rows.ts'
import { count } from './words.ts'

export interface View {
  rows: Rows
  link: Link
  /** The latest milestones, for the status region. */
  said: string
  /** What concerns no single row. */
  note: string
}

export interface DeskOptions {
  scope: Scope
  /** What the server has drawn already. */
  jobs: readonly Snapshot[]
  /** 0 where nothing can be uploaded. */
  maxUploadBytes: number
}

export class Desk {
  readonly #options: DeskOptions
  readonly outbox: Outbox
  readonly #listeners = new Set<() => void>()
  #connection: Connection | undefined
  #hasRecalled = false
  #view: View

  constructor(options: DeskOptions) {
    this.#options = options
    this.#view = { rows: options.jobs.map(jobRow), link: { state: 'connecting' }, said: '', note: '' }
    this.outbox = new Outbox({
      maxUploadBytes: options.maxUploadBytes,
      apply: change => this.#apply(change),
      accepted: (key, job) => this.#accepted(key, job),
    })
  }

  /** The same object until something changes. */
  view = (): View => this.#view

  /** The connection opens with the first listener and closes with the last. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    this.#connection ??= new Connection(this.#options.scope, this.#hearing())
    if (!this.#hasRecalled && this.#options.maxUploadBytes > 0) void this.#recall()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#connection?.close()
      this.#connection = undefined
    }
  }

  /** Takes these files as one batch, each with what of the wish has an effect for it. */
  add(files: readonly File[], settings: ConversionSettings): void {
    const twins = this.outbox.add(files, settings)
    const [name = ''] = twins
    const which = twins.length === 1 ? `${name} is` : `${count(twins.length, 'file')} are`
    this.#tell(twins.length > 0 ? `${which} on the way already.` : '')
  }

  /** Sends a locked file again with its password, in the place of what was refused. */
  unlock(row: Row, password: string): void {
    this.outbox.unlock(row, password)
    if (row.kind === 'upload') this.outbox.remove(row.key)
    else void this.delete(row.job.id)
  }

  /** Gives what was refused, null when it was done. */
  cancel(id: string): Promise<JobError | null> {
    return this.#call('DELETE', `/api/jobs/${id}`)
  }

  /** Deletes an ended job with its files, for good. Gives what was refused, null when it was done. */
  async delete(id: string): Promise<JobError | null> {
    const refused = await this.#call('DELETE', `/api/jobs/${id}?purge=1`)
    if (!refused) this.#apply({ type: 'gone', id })
    return refused
  }

  /** Gives what was refused, null when it was done. */
  retry(id: string): Promise<JobError | null> {
    return this.#call('POST', `/api/jobs/${id}/retry`)
  }

  async #recall(): Promise<void> {
    this.#hasRecalled = true
    addEventListener('pagehide', () => this.outbox.leave())
    const n = await this.outbox.recall()
    if (n > 0) this.#tell(`${count(n, 'upload')} resumed.`)
  }

  #hearing(): Hearing {
    return {
      told: jobs => this.#apply({ type: 'told', jobs }),
      moved: tick => this.#apply({ type: 'moved', tick }),
      gone: id => this.#apply({ type: 'gone', id }),
      link: link => this.#show({ link }),
      unfinished: () =>
        this.#view.rows.flatMap(row => (row.kind === 'job' && !isOver(row) ? [row.job.id] : [])),
    }
  }

  #apply(change: Change): void {
    const rows = changed(this.#view.rows, change)
    // Notes are about uploads: with the last of them they are over.
    const note = rows.some(row => row.kind === 'upload') ? this.#view.note : ''
    this.#show({ rows, note, said: milestones(this.#view.rows, rows) ?? this.#view.said })
    if (change.type !== 'moved' && change.type !== 'sending') this.outbox.tidy(rows)
  }

  /** What concerns no single row: seen above the rows, and heard. */
  #tell(note: string): void {
    this.#show({ note, ...(note && { said: note }) })
  }

  #show(part: Partial<View>): void {
    this.#view = { ...this.#view, ...part }
    for (const listener of this.#listeners) listener()
  }

  #accepted(key: string, job: Snapshot): void {
    this.#apply({ type: 'accepted', key, job })
    this.#connection?.follow([job.id])
  }

  async #call(method: string, path: string): Promise<JobError | null> {
    const { refused, body } = await call(method, path)
    if (!refused && body) this.#apply({ type: 'told', jobs: [body as Snapshot] })
    return refused
  }
}
