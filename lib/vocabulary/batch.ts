/** A batch as the API returns it and as the socket pushes it. */
import type { JobState } from './job.ts'

/** The jobs of one drop or one call, counted. */
export interface BatchView {
  id: string
  /** Grows with every change of one of its jobs; falls only where one was deleted for good, which `gone` tells. */
  version: number
  total: number
  counts: Readonly<Record<JobState, number>>
  /** Of all together, from 0 to 100. */
  percent: number
  /** 0 when all have ended; null where unknown. */
  secondsLeft: number | null
  /** ISO 8601 in UTC. */
  createdAt: string
  statusUrl: string
  /** All results that there are, as one archive. */
  zipUrl: string
}
