import type { Job, Jobs } from '../jobs.ts'
import type { JobPorts } from './ports.ts'
import { isSameRequest } from './same-request.ts'

type Wanted = Parameters<Jobs['earlierResult']>[0]

/** @see Jobs.earlierResult */
export async function earlierResult(
  { store, clock }: Pick<JobPorts, 'store' | 'clock'>,
  wanted: Wanted,
): Promise<Job | undefined> {
  // Secrets change the result, and nothing tells whether they are the same.
  if (!store.findsEarlierResults || wanted.sealed || wanted.needs || wanted.sources) return undefined
  const { owner, target, source } = wanted
  const found = await store.earlierResults({ owner, target, sha256: source.sha256 })
  return found.find(job => isTheSame(job, wanted) && job.expiresAt.getTime() > clock.now())
}

function isTheSame(job: Job, wanted: Wanted): boolean {
  if (job.id === wanted.id || job.sources || job.source.format !== wanted.source.format) return false
  // A document that shows its own name is another one under another name.
  const isCalledSo = !job.flags?.fileNames || job.fileName === wanted.fileName
  return isCalledSo && isSameRequest(job, wanted)
}
