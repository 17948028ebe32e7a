/** One file on its way: by tus, and then made a job. Goes on by itself after whatever may pass. */
import { DetailedError, Upload } from 'tus-js-client'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { JobError } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { under } from './address.ts'
import { call, problemIn } from './call.ts'
import type { PendingUpload } from './pending-upload.ts'

/** Any proxy lets so much through in one request. */
const CHUNK_BYTES = 8_000_000
/** So little goes along with the request that opens the upload: one round trip less. */
const SMALL_BYTES = 256_000
const LONGEST_WAIT_MS = 20_000
/** Refusals of the moment: the upload goes on where the server says. */
const PASSING = ['wrong_offset', 'upload_taken_over', 'upload_too_slow', 'upload_incomplete', 'database_down']
/** The upload is not there any more: it begins anew. */
const GONE = ['upload_not_found', 'upload_expired']

export interface SendEvents {
  sending(key: string, sent: number): void
  /** The upload is at this address; `sent` bytes of it are safe there, null where that is not known. */
  stored(key: string, upload: { address: string; sent: number | null; isThere: boolean }): void
  /** Nothing goes through at the moment. */
  stuck(key: string, state: 'offline' | 'unanswered'): void
  accepted(key: string, job: Snapshot): void
  refused(key: string, error: JobError): void
}

/** Sends until the job is there, the server refuses, or the signal aborts; what has arrived by then stays there. */
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

/** `problem` is null where nobody answered, or only a proxy whose server is away. */
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
  /** `sent` is null where the server has not said how much it has. */
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
      // With both, a proxy's 502 in answer to “how far is it?” would make the library begin anew.
      ...(address ? { uploadUrl: address } : { endpoint: location.origin + under('/api/uploads') }),
      chunkSize: CHUNK_BYTES,
      uploadDataDuringCreation: file.size <= SMALL_BYTES,
      metadata: { filename: file.name },
      // We keep the address beside the file and its settings, and know which failures pass.
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

/** The job for a finished upload; asked again it is the same job. */
async function createJobFromUpload(
  { row, settings }: PendingUpload,
  address: string,
  signal: AbortSignal,
): Promise<Snapshot> {
  const { fileName, batchId } = row
  const json = { uploadId: address.split('/').at(-1), fileName, batchId, ...settings }
  const { status, refused, body } = await call('POST', '/api/jobs', { json, signal })
  if (!refused) return body as Snapshot
  throw new Refused(asProblem(status, body))
}

/** What a request of tus was refused for; null where nobody of ours answered. */
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

/** Longer each time, and no longer at all once the network is back. */
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
