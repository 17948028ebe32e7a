/** The state and actions of one open page: its rows, its uploads and its connection. Independent of React. */
import type { Subscription } from '#app/live/protocol.ts'
import type { BatchView } from '#lib/vocabulary/batch.ts'
import type { JobError } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { MOST_JOBS } from '../../live/protocol.ts'
import { errorLine } from '../messages/error-text.ts'
import type { Texts } from '../messages/texts.ts'
import type { ConversionSettings } from '../settings/conversion-settings.ts'
import { isFinished, onTheWay } from './announcements.ts'
import { Announcer } from './announcer.ts'
import type { BatchGroup } from './batch-group.ts'
import { type BatchCallOptions, call, callForBatch } from './call.ts'
import { keepCleared, keptCleared } from './cleared-jobs.ts'
import { batchesToFollow, withBatch, withoutBatch, withoutEstimates } from './counted-batches.ts'
import { deletionOfAll, deletionOfBatch, deletionOfJob } from './deletion-text.ts'
import type { ChosenFile } from './dropped-files.ts'
import type { JobListener, LinkState } from './job-listener.ts'
import type { StoreConnection } from './main-connection.ts'
import type { MergePart } from './merge-order.ts'
import { onceAFrame } from './once-a-frame.ts'
import { ALL_JOBS, type PendingDeletion, PendingDeletions } from './pending-deletions.ts'
import {
  type AcceptedJob,
  changed,
  type JobEntry,
  jobRow,
  type Row,
  type RowChange,
  type Rows,
} from './rows.ts'
import { UploadManager } from './upload-manager.ts'

export interface JobsView {
  rows: Rows
  /** As the server counts those that the page follows. */
  batches: ReadonlyMap<string, BatchView>
  link: LinkState
  /** The latest announcement, for the status region. */
  announcement: string
  /** A message that belongs to no single row. */
  note: string
  /** What is hidden and can still be undone. */
  deletions: readonly PendingDeletion[]
  /** The ids of jobs that were cleared from the list. */
  cleared: ReadonlySet<string>
}

export interface JobsStoreOptions {
  scope: Subscription
  /** The jobs that the server has rendered. */
  jobs: readonly Snapshot[]
  /** In bytes; 0 where uploads are not offered. */
  maxUploadBytes: number
  texts: Texts
  connect(listener: JobListener): StoreConnection
}

export class JobsStore {
  readonly #options: JobsStoreOptions
  readonly uploads: UploadManager
  readonly #deletions: PendingDeletions
  readonly #announcer: Announcer
  readonly #listeners = new Set<() => void>()
  #connection: StoreConnection | undefined
  #hasRecalled = false
  readonly #followed = new Set<string>()
  #view: JobsView

  constructor(options: JobsStoreOptions) {
    this.#options = options
    this.#view = {
      rows: options.jobs.map(jobRow),
      batches: new Map(),
      link: { state: 'connecting' },
      announcement: '',
      note: '',
      deletions: [],
      cleared: new Set(),
    }
    const announce = (announcement: string) => this.#show({ announcement })
    this.#announcer = new Announcer(this.#view.rows, options.texts, announce)
    this.#deletions = new PendingDeletions({
      send: (key, isLeaving) => this.#carryOut(key, isLeaving),
      show: deletions => this.#show({ deletions }),
    })
    this.uploads = new UploadManager({
      maxUploadBytes: options.maxUploadBytes,
      apply: change => this.#apply(change),
      accepted: (key, job) => this.#accepted(key, job),
    })
  }

  readonly #leave = () => this.#deletions.leave()

  /** The same object until something changes. */
  view = (): JobsView => this.#view

  /** The connection opens with the first listener and closes with the last. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (!this.#connection) addEventListener('pagehide', this.#leave)
    this.#connection ??= this.#options.connect(this.#listener())
    if (!this.#hasRecalled && this.#options.maxUploadBytes > 0) void this.#recall()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      removeEventListener('pagehide', this.#leave)
      this.#connection?.close()
      this.#connection = undefined
    }
  }

  /** Adds these files as one batch; each gets the settings that have an effect for it. */
  add(files: readonly ChosenFile[], settings: ConversionSettings): void {
    const duplicates = this.uploads.add(files, settings)
    this.#announce(onTheWay(this.#options.texts, duplicates))
  }

  /** Enters the password that a job needs. Resolves to the refusal, or to null after success. */
  unlock(id: string, password: string): Promise<JobError | null> {
    return this.#call('POST', `/api/jobs/${id}/password`, { password })
  }

  /** Cancels a job. Resolves to the refusal, or to null after success. */
  cancel(id: string): Promise<JobError | null> {
    return this.#call('DELETE', `/api/jobs/${id}`)
  }

  /** Hides an ended job and deletes its files, unless that is undone in the next seconds. */
  delete(job: Snapshot): void {
    this.#deletions.add(deletionOfJob(this.#options.texts, job))
  }

  /** The same for everything of this browser that is on the server. */
  deleteAll(): void {
    this.#deletions.add(deletionOfAll(this.#options.texts))
  }

  /** Takes what has ended out of the list; results stay on the server until their time is over. */
  clearFinished(): void {
    const finished = this.#view.rows.filter(isFinished)
    for (const row of finished) if (row.kind === 'upload') this.uploads.remove(row.key)
    const ids = finished.flatMap(row => (row.kind === 'job' ? [row.job.id] : []))
    this.#show({ cleared: keepCleared(new Set([...this.#view.cleared, ...ids])) })
  }

  showCleared(): void {
    this.#show({ cleared: keepCleared(new Set()) })
  }

  undoDeletion(key: string): void {
    this.#deletions.undo(key)
  }

  /** Queues a job again. Resolves to the refusal, or to null after success. */
  retry(id: string): Promise<JobError | null> {
    return this.#call('POST', `/api/jobs/${id}/retry`)
  }

  /** Sends the file of a row with other settings. Resolves to the refusal, or to null after success. */
  async sendAgain(row: Row, settings: ConversionSettings): Promise<JobError | null> {
    if (row.kind === 'upload') return this.uploads.resend(row.key, settings)
    const { id, batchId } = row.job
    return this.#call('POST', '/api/jobs', { retryOf: id, batchId, ...settings })
  }

  /** Makes one PDF of these results, in this order. Resolves to the refusal, or to null after success. */
  merge(parts: readonly MergePart[], fileName: string): Promise<JobError | null> {
    const sources = parts.map(({ jobId }) => ({ jobId }))
    return this.#call('POST', '/api/jobs', { sources, fileName, target: 'pdf' })
  }

  /** Cancels what has not ended of a batch, uploads too. Resolves to the refusal, or to null after success. */
  cancelBatch(batchId: string): Promise<JobError | null> {
    for (const row of this.#view.rows)
      if (row.batchId === batchId && row.kind === 'upload' && !isFinished(row)) this.uploads.remove(row.key)
    return this.#changeBatch('POST', batchId, { path: '/cancel' })
  }

  /** Queues what failed of a batch again. Resolves to the refusal, or to null after success. */
  retryBatch(batchId: string): Promise<JobError | null> {
    return this.#changeBatch('POST', batchId, { path: '/retry' })
  }

  /** Hides an ended batch and deletes it with its files, refused uploads too, unless that is undone. */
  deleteBatch(group: BatchGroup): void {
    this.#deletions.add(deletionOfBatch(this.#options.texts, group))
  }

  async #carryOut(key: string, isLeaving: boolean): Promise<void> {
    const rows = this.#view.rows.filter(row => row.batchId === key)
    if (rows.length === 0) return this.#carryOutOne(key, isLeaving)
    for (const row of rows) if (row.kind === 'upload') this.uploads.remove(row.key)
    const refused = await this.#changeBatch('DELETE', key, { keepalive: isLeaving })
    if (refused) this.#announce(errorLine(this.#options.texts, refused))
    else for (const row of rows) if (row.kind === 'job') this.#gone(row.job.id)
  }

  /** Of a job whose files are gone already, the row is all that is left to delete. */
  async #carryOutOne(key: string, keepalive: boolean): Promise<void> {
    const row = this.#view.rows.find((row): row is JobEntry => row.kind === 'job' && row.job.id === key)
    const isGone = row?.job.receipt ? '?purge=1' : ''
    const path = key === ALL_JOBS ? '/api/jobs' : `/api/jobs/${key}${isGone}`
    const { refused, body } = await call('DELETE', path, { keepalive })
    if (refused) this.#announce(errorLine(this.#options.texts, refused))
    else if (isGone) this.#gone(key)
    else if (key !== ALL_JOBS) this.#apply({ type: 'updated', jobs: [body as Snapshot] })
  }

  async #recall(): Promise<void> {
    this.#hasRecalled = true
    this.#show({ cleared: keptCleared() })
    addEventListener('pagehide', () => this.uploads.leave())
    const n = await this.uploads.recall()
    if (n > 0) this.#announce(this.#options.texts.t('upload.resumed', { n }))
  }

  #listener(): JobListener {
    return {
      onJobs: jobs => this.#apply({ type: 'updated', jobs }),
      onProgress: tick => this.#apply({ type: 'progressed', tick }),
      onMoved: moved => this.#apply({ type: 'moved', moved }),
      onGone: id => this.#gone(id),
      onBatch: batch => this.#show({ batches: withBatch(this.#view.batches, batch) }),
      onLink: link => this.#linked(link),
      unfinished: () =>
        this.#view.rows.flatMap(row => (row.kind === 'job' && !isFinished(row) ? [row.job.id] : [])),
      batches: () => [...this.#followed],
    }
  }

  #gone(id: string): void {
    const row = this.#view.rows.find(row => row.kind === 'job' && row.job.id === id)
    if (row) this.#show({ batches: withoutBatch(this.#view.batches, row.batchId) })
    this.#apply({ type: 'gone', id })
  }

  #linked(link: LinkState): void {
    const { batches } = this.#view
    this.#show({ link, batches: link.state === 'live' ? batches : withoutEstimates(batches) })
  }

  /** Only the list of all jobs has batches. */
  #followBatches(): void {
    if (!('mine' in this.#options.scope)) return
    const wanted = batchesToFollow(this.#view.rows, MOST_JOBS)
    for (const id of this.#followed) if (!wanted.includes(id)) this.#followed.delete(id)
    for (const id of wanted) {
      if (this.#followed.has(id)) continue
      this.#followed.add(id)
      this.#connection?.followBatch(id)
    }
  }

  #apply(change: RowChange): void {
    const rows = changed(this.#view.rows, change)
    // Notes are about uploads, so they disappear with the last upload.
    const note = rows.some(row => row.kind === 'upload') ? this.#view.note : ''
    this.#show({ rows, note })
    // What an earlier visit has left was announced then.
    if (change.type === 'picked' && change.isKept) this.#announcer.knows(change.uploads)
    this.#announcer.changed(rows)
    this.#followBatches()
  }

  /** Shows a message above the rows and announces it to screen readers. */
  #announce(note: string): void {
    this.#show({ note, ...(note && { announcement: note }) })
  }

  #show(part: Partial<JobsView>): void {
    this.#view = { ...this.#view, ...part }
    this.#notify()
  }

  /** Changes are pushed faster than a page can be rendered. */
  readonly #notify = onceAFrame(() => this.#listeners.forEach(listener => void listener()))

  #accepted(key: string, job: AcceptedJob): void {
    this.#apply({ type: 'accepted', key, job })
    this.#connection?.follow([job.id])
  }

  /** Changes of rows are pushed. A batch without a job is none there. */
  async #changeBatch(
    method: string,
    batchId: string,
    options: BatchCallOptions = {},
  ): Promise<JobError | null> {
    const hasJob = this.#view.rows.some(row => row.batchId === batchId && row.kind === 'job')
    return hasJob ? callForBatch(method, batchId, options) : null
  }

  async #call(method: string, path: string, json?: object): Promise<JobError | null> {
    const { refused, body } = await call(method, path, { json })
    if (!refused && body) this.#apply({ type: 'updated', jobs: [body as Snapshot] })
    return refused
  }
}
