import { isExpired, type UploadRecord } from '#lib/upload-records.ts'

/** For this long after its expiry an upload is answered with 410, then with 404. In milliseconds. */
const LONG_OVER_MS = 24 * 3_600_000

/** The records of open uploads by id and by owner, so that no lookup scans all of them. */
export class UploadRecordIndex {
  readonly #byId = new Map<string, UploadRecord>()
  readonly #byOwner = new Map<string, Map<string, UploadRecord>>()

  constructor(found: UploadRecord[]) {
    for (const record of found.toSorted((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1))) this.add(record)
  }

  get(id: string): UploadRecord | undefined {
    return this.#byId.get(id)
  }

  /** The number of an owner's uploads that have not expired. */
  openOf(owner: string): number {
    let count = 0
    for (const record of this.#byOwner.get(owner)?.values() ?? []) if (!isExpired(record)) count++
    return count
  }

  add(record: UploadRecord): void {
    const own = this.#byOwner.get(record.owner) ?? new Map<string, UploadRecord>()
    this.#byOwner.set(record.owner, own.set(record.id, record))
    this.#byId.set(record.id, record)
  }

  delete(id: string): void {
    const owner = this.#byId.get(id)?.owner ?? ''
    const own = this.#byOwner.get(owner)
    own?.delete(id)
    if (own?.size === 0) this.#byOwner.delete(owner)
    this.#byId.delete(id)
  }

  /** Forgets uploads that expired long ago; the records are in order of expiry. */
  forget(): void {
    for (const record of this.#byId.values()) {
      if (!isExpired(record, LONG_OVER_MS)) return
      this.delete(record.id)
    }
  }
}
