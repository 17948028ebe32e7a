import { randomUUID } from 'node:crypto'
import type { ListedObject, SpoolBucket } from './spool-bucket.ts'

/** An object whose key says for what it stands in line and at which place: `<folder>/<key>/<number>~<uuid>`. */
export class ListedTicket {
  readonly path: string
  readonly key: string
  readonly number: number
  /** Changes whenever its holder shows life. */
  readonly etag: string
  /** By the clock of the service, in milliseconds. */
  readonly changedAt: number

  constructor({ key, etag, changedAt }: Omit<ListedObject, 'bytes'>) {
    const [number = '', folder = ''] = key.split('/').toReversed()
    this.path = key
    this.key = folder
    this.number = Number.parseInt(number, 10)
    this.etag = etag
    this.changedAt = changedAt
  }

  isNewerThan(other: ListedTicket): boolean {
    return this.number === other.number ? this.path > other.path : this.number > other.number
  }
}

/** The tickets below one prefix of a bucket. No two processes ever write the same new one. */
export class TicketObjects {
  readonly #bucket: SpoolBucket
  readonly #folder: string

  /** @param folder ends in a slash */
  constructor(bucket: SpoolBucket, folder: string) {
    this.#bucket = bucket
    this.#folder = folder
  }

  async draw(key: string, number: number): Promise<ListedTicket> {
    const path = `${this.#folder}${key}/${number}~${randomUUID()}`
    const etag = await this.#bucket.put(path, Buffer.from(randomUUID()))
    return new ListedTicket({ key: path, etag, changedAt: Date.now() })
  }

  ofKey(key: string): Promise<ListedTicket[]> {
    return this.#below(`${this.#folder}${key}/`)
  }

  all(): Promise<ListedTicket[]> {
    return this.#below(this.#folder)
  }

  /** Changes the ticket and resolves to its new state. One that was removed is not made again: then to undefined. */
  async showLifeIfThere({ path, etag: before }: ListedTicket): Promise<ListedTicket | undefined> {
    const etag = await this.#bucket.putIf(path, Buffer.from(randomUUID()), {
      condition: { etag: before },
    })
    return etag === undefined ? undefined : new ListedTicket({ key: path, etag, changedAt: Date.now() })
  }

  remove({ path }: ListedTicket): Promise<void> {
    return this.#bucket.delete(path)
  }

  async #below(prefix: string): Promise<ListedTicket[]> {
    return (await this.#bucket.list(prefix)).map(found => new ListedTicket(found))
  }
}
