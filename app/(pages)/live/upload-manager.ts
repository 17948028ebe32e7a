/** The files chosen on this page, until they are jobs. Independent of React. */
import type { JobError } from '#lib/vocabulary/job.ts'
import type { ConversionSettings } from '../settings/conversion-settings.ts'
import type { ChosenFile } from './dropped-files.ts'
import { fingerprintOf, isSameUpload, type PendingUpload, pendingUpload } from './pending-upload.ts'
import type { AcceptedJob, RowChange, UploadEntry, UploadState } from './rows.ts'
import { UploadPersistence } from './upload-persistence.ts'
import { cancelUpload, UploadQueue } from './upload-queue.ts'
import { uuid } from './uuid.ts'

export interface UploadManagerOptions {
  maxUploadBytes: number
  apply(change: RowChange): void
  accepted(key: string, job: AcceptedJob): void
}

/** Leaving the page would lose uploads that are not persisted, so the browser asks first. */
const warn = (event: BeforeUnloadEvent) => event.preventDefault()

export class UploadManager {
  readonly #options: UploadManagerOptions
  readonly #persistence = new UploadPersistence()
  readonly #queue: UploadQueue
  /** Uploads without a job yet, by the row's key. */
  readonly #open = new Map<string, PendingUpload>()

  constructor(options: UploadManagerOptions) {
    const { apply } = options
    this.#options = options
    this.#queue = new UploadQueue({
      sending: (key, sent) => this.#sending(key, sent),
      stuck: (key, state) => apply({ type: 'stands', key, state }),
      stored: (key, { address, sent, isThere }) =>
        this.#update(key, one => ({
          ...one,
          address,
          isComplete: isThere,
          row: { ...one.row, sent: sent ?? one.row.sent },
        })),
      refused: (key, error) => this.#refused(key, error),
      accepted: (key, job) => this.#accepted(key, job),
    })
  }

  /** Adds these files as one batch. Returns the names of those that are already pending; they are not sent twice. */
  add(files: readonly ChosenFile[], settings: ConversionSettings): string[] {
    const [batchId, at] = [uuid(), Date.now()]
    const fresh = files.map(({ file, folder, settings: own = settings }, index) =>
      pendingUpload(
        // A thousandth of a millisecond apart, so that they keep their order after a reload.
        { file, folder, settings: own, batchId, at: at + index / 1000 },
        this.#options.maxUploadBytes,
      ),
    )
    const isDuplicate = (one: PendingUpload) =>
      [...this.#open.values()].some(other => isSameUpload(one, other))
    this.#replaceRefused(fresh)
    const duplicates = fresh.filter(isDuplicate)
    for (const { fingerprint, file } of duplicates)
      for (const [key, one] of this.#open)
        if (!one.file && one.fingerprint === fingerprint && file) this.choose(key, file)
    this.#take(fresh.filter(one => !duplicates.includes(one)))
    return duplicates.map(({ row }) => row.fileName)
  }

  /** A file that was refused and is added again is no duplicate: it may be taken this time. */
  #replaceRefused(fresh: readonly PendingUpload[]): void {
    for (const [key, one] of this.#open)
      if (one.row.state === 'refused' && fresh.some(other => isSameUpload(one, other))) this.remove(key)
  }

  /** The page is being left: saves the current state. */
  leave(): void {
    for (const one of this.#open.values()) if (one.row.state !== 'refused') this.#persistence.saveState(one)
  }

  /** Resumes the uploads of an earlier visit; returns how many resumed by themselves. */
  async recall(): Promise<number> {
    const recalled = (await this.#persistence.recall()).map(one => ({ ...one, row: rowAfter(one) }))
    this.#take(recalled, { isKept: true })
    return recalled.filter(({ row }) => row.state === 'waiting').length
  }

  pause(key: string): void {
    this.#queue.stop(key)
    this.#stands(key, 'paused')
  }

  /** Continues after a pause or a refusal at the last offset. */
  goOn(key: string): void {
    const wasRefused = this.#open.get(key)?.row.state === 'refused'
    const one = this.#stands(key, 'waiting')
    if (!one) return
    if (wasRefused) this.#persistence.save(one)
    this.#queue.add(one)
  }

  /** The settings of an upload, with its passwords. */
  settingsOf(key: string): ConversionSettings | undefined {
    return this.#open.get(key)?.settings
  }

  /** Sends a refused file with other settings, in the same row. Returns the refusal, or null where it goes on. */
  resend(key: string, settings: ConversionSettings): JobError | null {
    const one = this.#open.get(key)
    if (!one?.file) return null
    const { batchId, at, folder } = one.row
    const next = pendingUpload(
      { file: one.file, folder, settings, batchId, at },
      this.#options.maxUploadBytes,
    )
    if (next.row.error) return next.row.error
    const { address, isComplete } = one
    this.#options.apply({ type: 'removed', key })
    this.#take([{ ...next, address, isComplete, row: { ...next.row, key } }])
    return null
  }

  /** Attaches the file of an upload that a reload has lost. False for a different file. */
  choose(key: string, file: File): boolean {
    if (this.#open.get(key)?.fingerprint !== fingerprintOf(file)) return false
    const one = this.#update(key, one => ({ ...one, file }))
    if (one) this.#persistence.save(one)
    this.goOn(key)
    return true
  }

  /** Cancels an upload, or removes the row of a refused one, and deletes its bytes on the server. */
  remove(key: string): void {
    const address = this.#open.get(key)?.address
    this.#queue.stop(key)
    this.#close(key)
    if (address) void cancelUpload(address)
    this.#options.apply({ type: 'removed', key })
  }

  #take(taken: readonly PendingUpload[], { isKept = false } = {}): void {
    for (const one of taken) {
      this.#open.set(one.row.key, one)
      if (isKept) continue
      if (one.row.state === 'refused') this.#persistence.saveRefused(one)
      else this.#persistence.save(one)
    }
    this.#options.apply({ type: 'picked', uploads: taken.map(({ row }) => row), isKept })
    for (const one of taken) if (one.row.state === 'waiting') this.#queue.add(one)
    this.#warn()
  }

  /** Called too often to be saved each time. */
  #sending(key: string, sent: number): void {
    const one = this.#open.get(key)
    if (one) this.#open.set(key, { ...one, row: { ...one.row, sent } })
    this.#options.apply({ type: 'sending', key, sent })
  }

  #stands(key: string, state: UploadState): PendingUpload | undefined {
    this.#options.apply({ type: 'stands', key, state })
    return this.#update(key, one => ({ ...one, row: { ...one.row, state, error: null } }))
  }

  #update(key: string, change: (one: PendingUpload) => PendingUpload): PendingUpload | undefined {
    const one = this.#open.get(key)
    if (!one) return undefined
    const changed = change(one)
    this.#open.set(key, changed)
    if (changed.row.state !== 'refused') this.#persistence.saveState(changed)
    return changed
  }

  #refused(key: string, error: JobError): void {
    const one = this.#update(key, one => ({ ...one, row: { ...one.row, state: 'refused', error } }))
    if (one) this.#persistence.saveRefused(one)
    this.#options.apply({ type: 'refused', key, error })
  }

  #accepted(key: string, job: AcceptedJob): void {
    this.#close(key)
    this.#options.accepted(key, job)
  }

  #close(key: string): void {
    this.#open.delete(key)
    this.#persistence.forget(key)
    this.#warn()
  }

  #warn(): void {
    const isLosing = [...this.#open.values()].some(
      one => one.row.state !== 'refused' && !this.#persistence.mayPersist(one),
    )
    if (isLosing) addEventListener('beforeunload', warn)
    else removeEventListener('beforeunload', warn)
  }
}

/** The row of an upload after a reload. */
function rowAfter({ file, row, isComplete: isThere }: PendingUpload): UploadEntry {
  const canGoOn = file !== null || isThere
  if (row.state === 'refused' && row.error)
    return { ...row, error: { ...row.error, retryable: row.error.retryable && canGoOn } }
  if (!canGoOn) return { ...row, state: 'lost' }
  return { ...row, state: row.state === 'paused' ? 'paused' : 'waiting' }
}
