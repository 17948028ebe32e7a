/** Files on their way to the server: two at a time, with their real progress, which only XMLHttpRequest tells. */
import { AppError } from '#lib/errors.ts'
import type { JobError } from '#lib/jobs.ts'
import type { Snapshot } from '#lib/snapshot.ts'
import type { Wish } from '../wish/wish.ts'
import { problemIn } from './call.ts'

const SIDE_BY_SIDE = 2

export interface Parcel {
  /** A UUID. Sent again after a lost answer it gives the same job and not a second one. */
  key: string
  batchId: string
  file: File
  /** As it is sent: right, and with an effect. */
  wish: Wish
}

export interface UploadEvents {
  sending(key: string, sent: number): void
  accepted(key: string, job: Snapshot): void
  refused(key: string, error: JobError): void
}

export interface Uploads {
  add(parcel: Parcel): void
  cancel(key: string): void
}

/** Leaving the page would end the uploads: the browser asks first. */
const warn = (event: BeforeUnloadEvent) => event.preventDefault()

/** A queue of uploads in the order given. */
export function openUploads(events: UploadEvents): Uploads {
  let waiting: Parcel[] = []
  const running = new Map<string, XMLHttpRequest>()

  const next = () => {
    while (running.size < SIDE_BY_SIDE) {
      const parcel = waiting.shift()
      if (!parcel) return
      running.set(
        parcel.key,
        send(parcel, events, () => ended(parcel.key)),
      )
    }
  }
  const ended = (key: string) => {
    running.delete(key)
    next()
    if (running.size === 0) removeEventListener('beforeunload', warn)
  }

  return {
    add(parcel) {
      waiting.push(parcel)
      addEventListener('beforeunload', warn)
      next()
    },
    cancel(key) {
      waiting = waiting.filter(parcel => parcel.key !== key)
      running.get(key)?.abort()
    },
  }
}

function send({ key, batchId, file, wish }: Parcel, events: UploadEvents, ended: () => void): XMLHttpRequest {
  const form = new FormData()
  form.append('target', wish.target)
  form.append('options', JSON.stringify(wish.options))
  form.append('batchId', batchId)
  // Last: the server reads the fields before it and streams the file from there on.
  form.append('file', file, file.name)
  const request = new XMLHttpRequest()
  request.open('POST', '/api/jobs')
  request.responseType = 'json'
  request.setRequestHeader('Idempotency-Key', key)
  // `loaded` counts the form around the file as well.
  request.upload.onprogress = event => events.sending(key, Math.min(event.loaded, file.size))
  request.upload.onload = () => events.sending(key, file.size)
  request.onload = () => answered(key, request, events)
  request.onerror = () => events.refused(key, new AppError('upload_interrupted').toJobError())
  request.onloadend = ended
  request.send(form)
  events.sending(key, 0)
  return request
}

function answered(key: string, request: XMLHttpRequest, events: UploadEvents): void {
  const body: unknown = request.response
  if (request.status >= 200 && request.status < 300 && body) events.accepted(key, body as Snapshot)
  else events.refused(key, problemIn(body))
}
