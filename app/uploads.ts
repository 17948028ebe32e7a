/** Resumable uploads by tus 1.0: the library, with the parts of the protocol that it lacks. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Server, TUS_RESUMABLE } from '@tus/server'
import type { LockOptions, LookOptions, UploadRecord } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { ApiContext } from './api/context.ts'
import { ensureFreeSpace } from './uploads/ensure-free-space.ts'
import { RunningHashes } from './uploads/hashes.ts'
import { OpenUploads } from './uploads/open-uploads.ts'
import { asUploadError, misunderstood } from './uploads/refusal.ts'
import { UploadLock } from './uploads/upload-lock.ts'
import { UploadStore } from './uploads/upload-store.ts'

export const UPLOADS_PATH = '/api/uploads'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const METHODS = ['HEAD', 'PATCH', 'DELETE']
const PART = 'application/offset+octet-stream'

/** The open uploads of the web process and their HTTP protocol. */
export class Uploads {
  /** One request at a time works on an upload. */
  readonly locks: UploadLock
  /** The hash states of uploads between parts. */
  readonly hashes: RunningHashes
  readonly open: OpenUploads
  readonly #context: ApiContext
  readonly #store: UploadStore
  readonly #tus: Server
  readonly #requests = new WeakMap<object, IncomingMessage>()

  constructor(context: ApiContext) {
    this.#context = context
    this.locks = new UploadLock(context.spool)
    this.hashes = new RunningHashes(context.spool)
    this.open = new OpenUploads(context.spool, context.config.ownerUploads)
    this.#store = new UploadStore({ ...context, locks: this.locks, hashes: this.hashes })
    this.#tus = this.#openServer()
  }

  /**
   * Answers one request of the tus protocol.
   * @throws AppError `unsupported_protocol`, `unsupported_media_type`, `invalid_request`, `upload_not_found`,
   * `upload_expired`, the errors of `admit`, and those of the store
   */
  async answer(asked: Request, incoming: IncomingMessage): Promise<Response> {
    const method = methodOf(asked)
    if (method !== 'OPTIONS' && asked.headers.get('tus-resumable') !== TUS_RESUMABLE)
      throw new AppError('unsupported_protocol', { details: { version: TUS_RESUMABLE } })
    if (method === 'PATCH' && asked.headers.get('content-type') !== PART)
      throw new AppError('unsupported_media_type', { details: { expected: PART } })
    // Without its body, which the store reads from `incoming`.
    const request = new Request(asked.url, { method, headers: asked.headers })
    this.#requests.set(request, incoming)
    const response = await this.#tus.handleWeb(request).catch(async error => {
      throw asUploadError(error, await this.#about(asked))
    })
    if (response.status >= 400) throw misunderstood(await response.text())
    return response
  }

  /**
   * Checks, before any byte is received, whether an upload of `bytes` bytes is accepted.
   * @throws AppError `too_many_uploads`, `too_many_waiting`, `queue_full`, `storage_full`
   */
  async admit(owner: string, bytes: number): Promise<void> {
    await this.open.admit(owner)
    await this.#context.jobs.admit(owner)
    await ensureFreeSpace(bytes, this.#context)
  }

  /**
   * The record of the requester's own upload. An upload belongs to the cookie that opened it. Without a cookie its id
   * alone is the key, as with jobs: an address changes when a laptop moves from one network to the next.
   * @throws AppError `upload_not_found`
   */
  async findOwn(id: string, incoming: IncomingMessage, options?: LookOptions): Promise<UploadRecord> {
    const record = await this.#context.spool.find(id, options)
    if (!record || (record.listed && record.owner !== this.#context.owners.of(incoming).owner))
      throw new AppError('upload_not_found')
    return record
  }

  /** Deletes an upload with its bytes. */
  drop(id: string): Promise<void> {
    return this.#store.drop(id)
  }

  /** Closes an upload that became a job; the job owns the bytes now. */
  async close(id: string): Promise<void> {
    await this.#store.close(id)
  }

  #openServer(): Server {
    const { owners, config } = this.#context
    return new Server({
      path: UPLOADS_PATH,
      datastore: this.#store,
      generateUrl: (_, { path, id }) => `${config.basePath}${path}/${id}`,
      maxSize: config.maxUploadBytes,
      // Other websites must not upload, and the origin was checked before.
      allowedOrigins: () => false,
      namingFunction: () => randomUUID(),
      getFileIdFromRequest: (_, last = '') => (UUID.test(last) ? last : undefined),
      locker: request => this.locks.lockerFor(this.#incomingOf(request), knownBy(request)),
      // Before the lock is taken: another user must not cut off the owner's request.
      onIncomingRequest: async (request, id) => {
        const fromMemory = request.method === 'PATCH'
        if (request.method !== 'POST') await this.findOwn(id, this.#incomingOf(request), { fromMemory })
      },
      onUploadCreate: async (request, { size = 0 }) => {
        await this.admit(owners.of(this.#incomingOf(request)).owner, size)
        return {}
      },
      onResponseError: (_, error) => {
        throw error
      },
    })
  }

  /** The details for an error's sentence. */
  async #about(asked: Request) {
    const id = asked.url.split('/').at(-1) ?? ''
    return {
      offset: UUID.test(id) ? await this.#context.spool.size(id) : 0,
      given: Number(asked.headers.get('upload-offset')),
      limit: this.#context.config.maxUploadBytes,
    }
  }

  #incomingOf(request: object): IncomingMessage {
    const incoming = this.#requests.get(request)
    if (!incoming) throw new Error('this request did not come through answer()')
    return incoming
  }
}

/** What a request says about the upload that it works on; one that asks for its state knows nothing. */
function knownBy({ method, headers }: Request): LockOptions {
  if (method === 'POST') return { isNew: true }
  return method === 'PATCH' ? { atSize: Number(headers.get('upload-offset')) } : {}
}

/** Some proxies allow only GET and POST; the protocol then lets a POST override its method. */
function methodOf(request: Request): string {
  const override = request.headers.get('x-http-method-override')?.toUpperCase()
  if (request.method !== 'POST' || !override) return request.method
  if (METHODS.includes(override)) return override
  throw misunderstood(`“X-HTTP-Method-Override” can be one of ${METHODS.join(', ')}`)
}
