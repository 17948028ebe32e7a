/** What one open page knows and does: its rows, its uploads and its connection. Knows nothing of React. */
import type { JobError } from '#lib/jobs.ts'
import type { Snapshot } from '#lib/snapshot.ts'
import type { Wish } from '../wish/wish.ts'
import { call } from './call.ts'
import { Connection, type Scope } from './connection.ts'
import { type Given, given } from './given.ts'
import type { Hearing, Link } from './hearing.ts'
import { isOver, milestones } from './milestones.ts'
import { type Change, changed, jobRow, type Row, type Rows, type UploadRow } from './rows.ts'
import { openUploads, type Uploads } from './upload.ts'
import { uuid } from './uuid.ts'

export interface View {
  rows: Rows
  link: Link
  /** The latest milestones, for the status region. */
  said: string
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
  readonly #uploads: Uploads
  /** What was given in this tab and is not done yet, by the row's key. */
  readonly #given = new Map<string, Given>()
  readonly #listeners = new Set<() => void>()
  #connection: Connection | undefined
  #view: View

  constructor(options: DeskOptions) {
    this.#options = options
    this.#view = { rows: options.jobs.map(jobRow), link: { state: 'connecting' }, said: '' }
    this.#uploads = openUploads({
      sending: (key, sent) => this.#apply({ type: 'sending', key, sent }),
      refused: (key, error) => this.#apply({ type: 'refused', key, error }),
      accepted: (key, job) => this.#accepted(key, job),
    })
  }

  /** The same object until something changes. */
  view = (): View => this.#view

  /** The connection opens with the first listener and closes with the last. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    this.#connection ??= new Connection(this.#options.scope, this.#hearing())
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#connection?.close()
      this.#connection = undefined
    }
  }

  /** Takes these files as one batch, each with what of the wish has an effect for it. */
  add(files: readonly File[], wish: Wish): void {
    const batch = { batchId: uuid(), at: Date.now() }
    this.#take(files.map(file => given({ file, wish, ...batch }, this.#options.maxUploadBytes)))
  }

  /** Uploads a refused file once more. */
  resend(row: UploadRow): void {
    this.#apply({ type: 'resent', key: row.key })
    this.#send(row)
  }

  /** Whether the file of this row is still at hand, so that it can be sent again. */
  hasFile(key: string): boolean {
    return this.#given.has(key)
  }

  /** Sends a locked file again with its password, in the place of what was refused. */
  unlock(row: Row, password: string): void {
    const locked = this.#given.get(row.key)
    if (!locked) return
    const wish = { ...locked.wish, options: { ...locked.wish.options, password } }
    const { batchId, at } = row
    this.#take([given({ file: locked.file, wish, batchId, at }, this.#options.maxUploadBytes)])
    if (row.kind === 'upload') this.remove(row.key)
    else void this.delete(row.job.id)
  }

  /** Ends an upload, or takes the row of a refused one away. */
  remove(key: string): void {
    this.#uploads.cancel(key)
    this.#apply({ type: 'removed', key })
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

  #take(taken: readonly Given[]): void {
    for (const one of taken) this.#given.set(one.row.key, one)
    this.#apply({ type: 'picked', uploads: taken.map(({ row }) => row) })
    for (const { row } of taken) if (row.state === 'waiting') this.#send(row)
  }

  #apply(change: Change): void {
    const rows = changed(this.#view.rows, change)
    this.#show({ rows, said: milestones(this.#view.rows, rows) ?? this.#view.said })
    if (change.type !== 'moved' && change.type !== 'sending') this.#forget(rows)
  }

  /** A file is let go when its row is gone or done: nobody will send it again. */
  #forget(rows: Rows): void {
    const open = new Set(rows.flatMap(row => (isDone(row) ? [] : [row.key])))
    for (const key of this.#given.keys()) if (!open.has(key)) this.#given.delete(key)
  }

  #show(part: Partial<View>): void {
    this.#view = { ...this.#view, ...part }
    for (const listener of this.#listeners) listener()
  }

  #send({ key, batchId }: UploadRow): void {
    const one = this.#given.get(key)
    if (one) this.#uploads.add({ key, batchId, file: one.file, wish: one.wish })
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

function isDone(row: Row): boolean {
  return row.kind === 'job' && row.job.state === 'completed'
}
