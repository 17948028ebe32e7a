import { isExpired, type UploadRecord } from '#lib/upload-records.ts'

/** So long the answer for an upload that is over its time is 410, then 404. */
const LONG_OVER_MS = 24 * 3_600_000

/** The records of open uploads by number and by owner: whatever is asked of one must not go through all. */
export class UploadRecordIndex {
  readonly #byId = new Map<string, UploadRecord>()
  readonly #byOwner = new Map<string, Map<string, UploadRecord>>()

  constructor(found: UploadRecord[]) {
    for (const record of found.toSorted((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1))) this.add(record)
  }

  get(id: string): UploadRecord | undefined {
    return this.#byId.get(id)
  }

  /** How many of an owner are not over their time. */
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

  /** Those that are long over; they lie in the order in which their time ends. */
  forget(): void {
    for (const record of this.#byId.values()) {
      if (!isExpired(record, LONG_OVER_MS)) return
      this.delete(record.id)
    }
  }
}
