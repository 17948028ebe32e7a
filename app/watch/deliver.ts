import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { snapshotOf } from '#lib/job-snapshot.ts'
import type { Job, JobResult } from '#lib/jobs.ts'
import type { ObjectStore } from '#lib/storage.ts'
import type { JobError } from '#lib/vocabulary/job.ts'
import type { TakenFile } from './taken-file.ts'
import type { WatchedFolder } from './watched-folder.ts'

/** More files of one name are not looked through. */
const MOST_OF_ONE_NAME = 10_000

/**
 * Puts the result and the report into `out` and the original into `done`. Each step finds what an earlier process has
 * done of it: a result of the same bytes and name is not written again.
 */
export async function deliverResult(
  job: Job & { result: JobResult },
  { file, folder, storage }: { file: TakenFile; folder: WatchedFolder; storage: ObjectStore },
): Promise<void> {
  const { key, fileName, sha256 } = job.result
  const target = await freeName(folder.out, fileName, path => hasHash(path, sha256))
  if (!target.isThere) {
    const part = join(folder.out, `.${job.id}.part`)
    await pipeline(await storage.read(key), createWriteStream(part))
    await rename(part, target.path)
  }
  await writeFile(`${target.path}.report.json`, `${JSON.stringify(reportOf(job), null, 2)}\n`)
  await putAway(file, folder.done)
}

/** Puts the original into `failed`, with a text beside it that says why and what to do. */
export async function deliverFailure(
  { message, nextStep }: Pick<JobError, 'message' | 'nextStep'>,
  { file, folder }: { file: TakenFile; folder: WatchedFolder },
): Promise<void> {
  const target = await freeName(folder.failed, file.name)
  await writeFile(`${target.path}.txt`, `${message}\n${nextStep}\n`)
  await rename(file.path, target.path)
  await rm(dirname(file.path), { recursive: true })
}

async function putAway(file: TakenFile, to: string): Promise<void> {
  await rename(file.path, (await freeName(to, file.name)).path)
  await rm(dirname(file.path), { recursive: true })
}

function reportOf(job: Job) {
  const { id, fileName, target, report } = snapshotOf(job, '')
  return { id, fileName, target, report }
}

/** `name`, `name (2)`, …: the first that is free, or that `isSame` knows. */
async function freeName(
  folder: string,
  name: string,
  isSame: (path: string) => Promise<boolean> = async () => false,
): Promise<{ path: string; isThere: boolean }> {
  const ending = extname(name)
  const stem = name.slice(0, name.length - ending.length)
  for (let count = 1; count < MOST_OF_ONE_NAME; count++) {
    const path = join(folder, count === 1 ? name : `${stem} (${count})${ending}`)
    if (await isFree(path)) return { path, isThere: false }
    if (await isSame(path)) return { path, isThere: true }
  }
  throw new Error(`${folder} is full of files of one name`)
}

const isFree = (path: string) =>
  access(path).then(
    () => false,
    () => true,
  )

async function hasHash(path: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex') === sha256
}
