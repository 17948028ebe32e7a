/** What one open page knows and does: its rows, its uploads and its connection. Knows nothing of React. */
import { AppError } from '#lib/errors.ts'
import type { JobError } from '#lib/jobs.ts'
import type { Snapshot } from '#lib/snapshot.ts'
import { Connection, type Scope } from './connection.ts'
import type { Hearing, Link } from './hearing.ts'
import { isOver, milestones } from './milestones.ts'
import { type Change, changed, jobRow, type Rows, type UploadRow } from './rows.ts'
import { openUploads, problemIn, type Uploads } from './upload.ts'
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
  readonly #files = new Map<string, File>()
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

  /** Takes these files as one batch. */
  add(files: readonly File[]): void {
    const rows = uploadRows(files, this.#options.maxUploadBytes)
    rows.forEach((row, index) => {
      const file = files[index]
      if (file) this.#files.set(row.key, file)
    })
    this.#apply({ type: 'picked', uploads: rows })
    for (const row of rows) if (row.state === 'waiting') this.#send(row)
  }

  /** Uploads a refused file once more. */
  resend(row: UploadRow): void {
    this.#apply({ type: 'resent', key: row.key })
    this.#send(row)
  }

  /** Ends an upload, or takes the row of a refused one away. */
  remove(key: string): void {
    this.#uploads.cancel(key)
    this.#files.delete(key)
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

  #apply(change: Change): void {
    const rows = changed(this.#view.rows, change)
    this.#show({ rows, said: milestones(this.#view.rows, rows) ?? this.#view.said })
  }

  #show(part: Partial<View>): void {
    this.#view = { ...this.#view, ...part }
    for (const listener of this.#listeners) listener()
  }

  #send({ key, batchId }: UploadRow): void {
    const file = this.#files.get(key)
    if (file) this.#uploads.add({ key, batchId, file })
  }

  #accepted(key: string, job: Snapshot): void {
    this.#files.delete(key)
    this.#apply({ type: 'accepted', key, job })
    this.#connection?.follow([job.id])
  }

  async #call(method: string, path: string): Promise<JobError | null> {
    const response = await fetch(path, { method }).catch(() => null)
    const body: unknown = await response?.json().catch(() => null)
    if (!response?.ok) return problemIn(body)
    if (body) this.#apply({ type: 'told', jobs: [body as Snapshot] })
    return null
  }
}

/** Rows of one batch. A file that cannot be taken never leaves the browser. */
function uploadRows(files: readonly File[], maxBytes: number): UploadRow[] {
  const batch = { batchId: uuid(), at: Date.now() }
  return files.map(({ name, size }) => {
    const error = refusal(size, maxBytes)
    const state = error ? 'refused' : 'waiting'
    return { kind: 'upload', key: uuid(), ...batch, fileName: name, bytes: size, state, sent: 0, error }
  })
}

function refusal(bytes: number, maxBytes: number): JobError | null {
  if (bytes === 0) return new AppError('empty_file').toJobError()
  if (bytes <= maxBytes) return null
  return new AppError('too_large', { details: { limit: maxBytes / 1_000_000 } }).toJobError()
}
