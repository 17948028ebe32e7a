/** Sends one file by tus and then creates its job. It resumes by itself after every temporary failure. */
import { DetailedError, Upload } from 'tus-js-client'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { JobError } from '#lib/vocabulary/job.ts'
import { under } from './address.ts'
import { call, problemIn } from './call.ts'
import { HEAD_BYTES, refusalByFirstBytes } from './first-bytes.ts'
import type { PendingUpload } from './pending-upload.ts'
import type { AcceptedJob } from './rows.ts'

/** A request size that every proxy accepts. */
const CHUNK_BYTES = 8_000_000
/** A file up to this size is sent with the request that opens the upload, which saves a round trip. */
const SMALL_BYTES = 256_000
const LONGEST_WAIT_MS = 20_000
/** Temporary refusals: the upload continues at the server's offset. */
const PASSING = ['wrong_offset', 'upload_taken_over', 'upload_too_slow', 'upload_incomplete', 'database_down']
/** The upload no longer exists: it starts over. */
const GONE = ['upload_not_found', 'upload_expired']

export interface SendEvents {
  sending(key: string, sent: number): void
  /** The upload's URL is `address`; `sent` bytes of it are stored, null where that is unknown. */
  stored(key: string, upload: { address: string; sent: number | null; isThere: boolean }): void
  /** The upload is stalled. */
  stuck(key: string, state: 'offline' | 'unanswered'): void
  accepted(key: string, job: AcceptedJob): void
  refused(key: string, error: JobError): void
}

/** Sends until the job exists, the server refuses, or the signal aborts; bytes that arrived stay on the server. */
export async function sendUpload(
  upload: PendingUpload,
  events: SendEvents,
  signal: AbortSignal,
): Promise<void> {
  const { key, bytes } = upload.row
  let { address, isComplete: isThere } = upload
  for (let failures = 0; !signal.aborted; failures++) {
    const moved = (sent: number) => {
      failures = 0
      events.sending(key, sent)
    }
    const stored = (at: string, sent: number | null) => {
      address = at
      isThere = sent === bytes
      events.stored(key, { address, sent, isThere })
    }
    try {
      if (!address && upload.file) await refuseByFirstBytes(upload.file)
      if (!isThere) await transfer(upload, address, { signal, moved, stored })
      return events.accepted(key, await createJobFromUpload(upload, address ?? '', signal))
    } catch (error) {
      if (signal.aborted) return
      const problem = error instanceof Refused ? error.problem : problemOf(error)
      if (problem && GONE.includes(problem.code) && upload.file) {
        address = null
        isThere = false
      } else if (problem && !PASSING.includes(problem.code)) return events.refused(key, problem)
      else events.stuck(key, navigator.onLine ? 'unanswered' : 'offline')
      await pauseAfter(failures, signal)
    }
  }
}

/** @throws Refused for a file that the server would refuse, before anything of it is sent */
async function refuseByFirstBytes(file: File): Promise<void> {
  const head = await file.slice(0, HEAD_BYTES).arrayBuffer()
  const refusal = refusalByFirstBytes(new Uint8Array(head))
  if (refusal) throw new Refused(refusal.toJobError())
}

/** `problem` is null where there was no answer, or only one of a proxy whose server is down. */
class Refused extends Error {
  readonly problem: JobError | null

  constructor(problem: JobError | null) {
    super(problem?.code ?? 'nobody answered')
    this.problem = problem
  }
}

interface TransferOptions {
  signal: AbortSignal
  moved(sent: number): void
  /** `sent` is null where the server has not reported the offset. */
  stored(address: string, sent: number | null): void
}

function transfer(
  { file, row }: PendingUpload,
  address: string | null,
  options: TransferOptions,
): Promise<void> {
  const { signal, moved, stored } = options
  return new Promise((resolve, reject) => {
    if (!file) return reject(new Error(`the file of ${row.fileName} is not at hand`))
    const upload = new Upload(file, {
      // With both, a proxy's 502 to the HEAD request would make the library start over.
      ...(address ? { uploadUrl: address } : { endpoint: location.origin + under('/api/uploads') }),
      chunkSize: CHUNK_BYTES,
      uploadDataDuringCreation: file.size <= SMALL_BYTES,
      metadata: { filename: file.name },
      // The page stores the URL beside the file and its settings, and knows which failures are temporary.
      storeFingerprintForResuming: false,
      retryDelays: null,
      onUploadUrlAvailable: () => stored(upload.url ?? '', null),
      onChunkComplete: (_, accepted) => stored(upload.url ?? '', accepted),
      onProgress: moved,
      onSuccess: () => {
        stored(upload.url ?? '', file.size)
        resolve()
      },
      onError: reject,
    })
    const stop = () => {
      void upload.abort()
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    upload.start()
  })
}

/** Creates the job for a finished upload; a repeated call returns the same job. */
async function createJobFromUpload(
  { row, settings }: PendingUpload,
  address: string,
  signal: AbortSignal,
): Promise<AcceptedJob> {
  const { fileName, folder, batchId } = row
  const path = folder ? { path: `${folder}/${fileName}` } : {}
  const json = { uploadId: address.split('/').at(-1), fileName, ...path, batchId, ...settings }
  const { status, refused, body } = await call('POST', '/api/jobs', { json, signal })
  if (!refused) return body as AcceptedJob
  throw new Refused(asProblem(status, body))
}

/** The problem that a tus request was refused with; null where our server did not answer. */
function problemOf(error: unknown): JobError | null {
  const response = error instanceof DetailedError ? error.originalResponse : null
  return response ? asProblem(response.getStatus(), parsed(response.getBody())) : null
}

function asProblem(status: number, body: unknown): JobError | null {
  const problem = problemIn(body)
  if (problem) return problem
  // The answer to a HEAD has no body.
  if (status === 404 || status === 410) return new AppError('upload_not_found').toJobError()
  return status >= 400 && status < 500 ? new AppError('internal').toJobError() : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Waits longer after each failure, and stops waiting once the network is back. */
function pauseAfter(failures: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures) * (0.5 + Math.random() / 2)
  return new Promise(resolve => {
    const ended = new AbortController()
    const done = () => {
      clearTimeout(timer)
      ended.abort()
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { signal: ended.signal })
    addEventListener('online', done, { signal: ended.signal })
  })
}
