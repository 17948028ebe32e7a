import { countedCode, type JobFact } from '#lib/jobs/job-fact.ts'

/** What a web process does, to be counted. Codes are from a closed set. */
export type WebFact =
  | JobFact
  /** A job that was not created. */
  | { type: 'refused'; code: string }
  /** Bytes of a file that came from its sender. */
  | { type: 'received'; bytes: number }
  /** The end of a job was pushed to browsers; `lagS`: seconds after it. */
  | { type: 'pushed'; lagS: number }
  | { type: 'socketOpened' }
  | { type: 'socketClosed' }

export type ObserveWeb = (fact: WebFact) => void

const CREATING_PATHS = ['/api/jobs', '/api/convert', '/api/batches', '/api/uploads']

/** Whether a call is to create jobs, or the upload of one. */
export function createsJobs(method: string, path: string): boolean {
  return method === 'POST' && CREATING_PATHS.includes(path)
}

export function refusalBy(error: { code: string }): WebFact {
  return { type: 'refused', code: countedCode(error) }
}
