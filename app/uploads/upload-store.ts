import { DataStore, Upload } from '@tus/server'
import { isExpired, type UploadRecord } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { ApiContext } from '../api/context.ts'
import { watchRate } from '../least-rate.ts'
import { senderTrace } from '../request-trace.ts'
import { type Checksum, readChecksum } from './checksum.ts'
import { ensureFreeSpace } from './ensure-free-space.ts'
import type { RunningHash, RunningHashes } from './hashes.ts'
import type { HeldUpload, UploadLock } from './upload-lock.ts'

export interface UploadStoreOptions extends ApiContext {
  locks: UploadLock
  hashes: RunningHashes
}

/**
 * The tus library's store. Bytes are written under the key of the job's source: an upload has its job's id from the
 * first byte.
 */
export class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'expiration', 'termination', 'checksum']
  readonly #options: UploadStoreOptions

  constructor(options: UploadStoreOptions) {
    super()
    this.#options = options
  }

  override getExpiration(): number {
    return this.#options.config.uploadMs
  }

  override async create(upload: Upload): Promise<Upload> {
    const { owners, locks, spool, config, tracing } = this.#options
    const { id, metadata, size: length = 0, creation_date: createdAt = new Date().toISOString() } = upload
    const expiresAt = new Date(Date.parse(createdAt) + config.uploadMs).toISOString()
    const { incoming } = locks.holder(id)
    const { owner, identified } = owners.of(incoming)
    const traceparent = senderTrace(incoming, tracing)
    const about = { length, metadata, createdAt, expiresAt, ...(traceparent && { traceparent }) }
    await spool.open({ id, owner, listed: identified, ...about })
    return upload
  }

  override async getUpload(id: string): Promise<Upload> {
    const { length, metadata, createdAt } = await this.#find(id)
    const offset = await this.#options.spool.size(id, { fromMemory: true })
    return new Upload({ id, size: length, offset, ...(metadata && { metadata }), creation_date: createdAt })
  }

  /**
   * Reads from the request itself and not from the library's stream, which passes the bytes through four streams and
   * costs a quarter of the throughput.
   */
  override async write(_: unknown, id: string, offset: number): Promise<number> {
    const { spool, hashes, locks, metrics } = this.#options
    const held = locks.holder(id)
    const { length } = await this.#find(id)
    await ensureFreeSpace(length - offset, this.#options)
    const checksum = readChecksum(held.incoming.headers['upload-checksum']?.toString())
    const hash = await hashes.upTo(id, offset)
    hashes.keep(id, hash.fork())
    try {
      const size = await this.#append({ id, offset, length, lock: held, hash, checksum })
      hashes.keep(id, hash)
      return size
    } catch (error) {
      // The counts differ when more was hashed than stored (a full disk), or stored bytes were removed (a wrong
      // checksum).
      if (hash.bytes === (await spool.size(id))) hashes.keep(id, hash)
      throw error
    } finally {
      metrics.observe({ type: 'received', bytes: hash.bytes - offset })
    }
  }

  override async remove(id: string): Promise<void> {
    await this.#find(id)
    // After a crash just before the upload of a job was closed, the bytes belong to the job.
    if ((await this.#options.jobs.existing([id])).has(id)) throw new AppError('upload_not_found')
    await this.drop(id)
  }

  /** Deletes an upload with its bytes. */
  async drop(id: string): Promise<void> {
    const { hashes, spool } = this.#options
    await spool.drop(id)
    hashes.forget(id)
  }

  /** Forgets an upload whose bytes belong to a job now. */
  async close(id: string): Promise<void> {
    const { hashes, spool } = this.#options
    await spool.close(id)
    hashes.forget(id)
  }

  async #append({ id, offset, length, lock: held, hash, checksum }: Part): Promise<number> {
    const { spool, config } = this.#options
    const rate = watchRate(held.incoming, config.uploadStallMs)
    const update = (data: Buffer) => {
      hash.update(data)
      checksum?.update(data)
    }
    try {
      return await spool.append(id, held.incoming, {
        offset,
        hash: { update },
        verify: checksum?.verify,
        ownsChunks: true,
        maxBytes: length - offset,
        signal: AbortSignal.any([held.signal, rate.signal]),
      })
    } catch (error) {
      if (error instanceof AppError)
        throw error.code === 'too_large' ? new AppError('more_than_announced') : error
      if (held.incoming.destroyed)
        throw new AppError('upload_interrupted', { cause: error, log: String(error) })
      throw error
    } finally {
      rate.stop()
    }
  }

  /** Whether it is still there was asked before the lock. @throws AppError `upload_not_found`, `upload_expired` */
  async #find(id: string): Promise<UploadRecord> {
    const record = await this.#options.spool.find(id, { fromMemory: true })
    if (!record) throw new AppError('upload_not_found')
    if (isExpired(record)) throw new AppError('upload_expired')
    return record
  }
}

interface Part {
  id: string
  offset: number
  length: number
  lock: HeldUpload
  hash: RunningHash
  checksum: Checksum | undefined
}
